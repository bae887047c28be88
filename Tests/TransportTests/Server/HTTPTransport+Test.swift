import Transport

extension HTTPTransport {
  /// A proxy in the environment of whoever runs the tests must not see them.
  static func forTests() -> HTTPTransport {
    var configuration = TransportConfiguration(environment: [:])
    configuration.usesEnvironmentProxies = false
    return HTTPTransport(configuration: configuration)
  }

  /// The kind of the error that a request ends with.
  func failure(of request: HTTPRequest, limit: Int = 4 << 20) async -> TransportError.Kind? {
    do {
      _ = try await send(request, limit: limit)
      return nil
    } catch {
      return error.kind
    }
  }
}

extension HTTPResponse {
  var text: String { String(decoding: body, as: UTF8.self) }
}
