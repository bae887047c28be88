import ComfyAPI

extension ComfyClient {
  /// What the server can do: `GET /api/features`.
  public func features() async throws(ClientError) -> Features {
    try await value(Features.self, "GET", "/api/features")
  }

  /// Who the key belongs to: `GET /api/user`.
  public func user() async throws(ClientError) -> UserResponse {
    try await value(UserResponse.self, "GET", "/api/user")
  }

  /// How Winch's own engine stands: `GET /api/winch/status`.
  public func status() async throws(ClientError) -> EngineStatus {
    try await value(EngineStatus.self, "GET", "/api/winch/status")
  }

  /// Ends Winch's own engine; what it was transferring goes on at its next start.
  public func shutdown() async throws(ClientError) {
    try Self.checked(try await call("POST", "/api/winch/shutdown"))
  }
}
