import ComfyAPI
import Transport

/// Calls the contract of one backend.
public struct ComfyClient: Sendable {
  public let backend: Backend
  let transport: HTTPTransport

  public init(backend: Backend, transport: HTTPTransport) {
    self.backend = backend
    self.transport = transport
  }

  /// How long a call may take in all.
  static let timeout = Duration.seconds(30)
  static let connectTimeout = Duration.seconds(5)

  /// Sends a request and returns the answer whatever its status.
  ///
  /// - Parameters:
  ///   - path: from `/api` on, already percent-encoded, with its query.
  ///   - body: JSON.
  func call(
    _ method: String, _ path: String, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8]? = nil,
    timeout: Duration = timeout
  ) async throws(ClientError) -> HTTPResponse {
    var request = try endpoint.request(method, path)
    request.connectTimeout = Self.connectTimeout
    request.totalTimeout = timeout
    // The server may think for as long as the whole call may take.
    request.stallTimeout = timeout
    for (name, value) in headers { request.headers.append(name, value) }
    request.headers.append("Accept", "application/json")
    if let body {
      request.headers.append("Content-Type", "application/json")
      request.body = body
    }
    do {
      return try await transport.send(request)
    } catch {
      throw ClientError(error)
    }
  }

  /// Sends a request that should succeed and reads its answer.
  func value<Value: Decodable>(
    _ type: Value.Type, _ method: String, _ path: String
  ) async throws(ClientError) -> Value {
    try Self.read(type, from: Self.checked(try await call(method, path)))
  }

  /// Passes an answer of the 2xx statuses and throws every other.
  @discardableResult
  static func checked(_ response: HTTPResponse) throws(ClientError) -> HTTPResponse {
    guard (200..<300).contains(response.status) else {
      throw ClientError(
        status: response.status, headers: response.head.headers, body: response.body)
    }
    return response
  }

  /// A contract value as the body of a request.
  static func body(_ value: some Encodable) throws(ClientError) -> [UInt8] {
    do {
      return Array(try WireFormat.encode(value))
    } catch {
      throw ClientError(
        kind: .malformed, code: "INVALID_REQUEST",
        message: "The request holds a number that JSON cannot.")
    }
  }

  static func read<Value: Decodable>(
    _ type: Value.Type, from response: HTTPResponse
  ) throws(ClientError) -> Value {
    do {
      return try WireFormat.decode(type, from: response.body)
    } catch {
      throw ClientError(error)
    }
  }
}
