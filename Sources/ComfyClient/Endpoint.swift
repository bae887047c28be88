import Transport

/// A backend's address, checked and ready to make requests for.
struct Endpoint: Sendable {
  enum Place: Sendable, Equatable {
    case unixSocket(path: String)
    case url(BackendURL)
  }

  let place: Place
  let key: APIKey?

  /// - Throws: when the address is no URL, or its key would cross a network in the clear.
  init(_ address: Backend.Address) throws(ClientError) {
    switch address {
    case .unixSocket(let path):
      place = .unixSocket(path: path)
      key = nil
    case .http(let base, let key):
      guard let url = BackendURL(base) else { throw .invalidBackendURL }
      guard key == nil || url.isSecure || url.isLoopback else { throw .insecureBackend }
      // A line break would start another header.
      guard key?.value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) ?? true else {
        throw ClientError(
          kind: .unauthorized, code: "INVALID_KEY",
          message: "The backend's key holds characters that no key has.",
          hint: "Check the key of this backend.")
      }
      place = .url(url)
      self.key = key
    }
  }

  func request(_ method: String, _ path: String) -> HTTPRequest {
    switch place {
    case .unixSocket(let socketPath):
      // The host is only what the Host header says; the socket decides who answers.
      var request = HTTPRequest(method: method, url: "http://localhost" + path)
      request.unixSocketPath = socketPath
      return request
    case .url(let url):
      var request = HTTPRequest(method: method, url: url.text + path)
      if let key { request.headers.append("X-API-Key", key.value) }
      return request
    }
  }
}

extension ComfyClient {
  var endpoint: Endpoint {
    get throws(ClientError) { try Endpoint(backend.address) }
  }
}
