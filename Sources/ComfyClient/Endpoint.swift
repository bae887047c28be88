import Transport

/// A backend's address, checked and ready to make requests for.
struct Endpoint: Sendable {
  enum Place: Sendable, Equatable {
    case unixSocket(path: String)
    case url(BackendURL)
  }

  let place: Place
  let key: APIKey?
  let workspace: String?

  /// - Throws: when the address is no URL, its key would cross a network in the clear, or a value
  ///   would not stand in a header.
  init(_ address: Backend.Address) throws(ClientError) {
    switch address {
    case .unixSocket(let path):
      place = .unixSocket(path: path)
      key = nil
      workspace = nil
    case .http(let base, let key, let workspace):
      guard let url = BackendURL(base) else { throw .invalidBackendURL }
      guard key == nil || url.mayCarryKey else { throw .insecureBackend }
      guard key?.value.isHeaderValue ?? true else {
        throw ClientError(
          kind: .unauthorized, code: "INVALID_KEY",
          message: "The backend's key holds characters that no key has.",
          hint: "Check the key of this backend.")
      }
      guard workspace?.isHeaderValue ?? true else {
        throw ClientError(
          kind: .malformed, code: "INVALID_WORKSPACE",
          message: "The workspace's id holds characters that no id has.",
          hint: "Check the workspace of this backend.")
      }
      place = .url(url)
      self.key = key
      self.workspace = workspace
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
      if let workspace { request.headers.append("X-Comfy-Workspace-ID", workspace) }
      return request
    }
  }
}

extension Backend.Address {
  /// Passes an address that a key may be sent to.
  ///
  /// - Throws: when it is no URL, or when the key would cross a network in the clear.
  public func checkMayCarryKey() throws(ClientError) {
    guard case .http(let base, _, _) = self else { return }
    guard let url = BackendURL(base) else { throw .invalidBackendURL }
    guard url.mayCarryKey else { throw .insecureBackend }
  }
}

extension BackendURL {
  fileprivate var mayCarryKey: Bool { isSecure || isLoopback }
}

extension String {
  /// Whether the text can stand in a header; a line break would start another one.
  fileprivate var isHeaderValue: Bool { utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f } }
}

extension ComfyClient {
  /// Passes when requests could be made.
  ///
  /// - Throws: what would stop every one of them before anything is sent.
  public func checkAddress() throws(ClientError) { _ = try endpoint }

  var endpoint: Endpoint {
    get throws(ClientError) { try Endpoint(backend.address) }
  }
}
