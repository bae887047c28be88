import ComfyAPI
import Foundation

/// The tokens of sites that the backend keeps. Values go in and never come out.
extension ComfyClient {
  /// `GET /api/secrets`.
  public func secrets() async throws(ClientError) -> [SecretResponse] {
    try await value(SecretListResponse.self, "GET", "/api/secrets").data
  }

  /// The sites that a secret can be for: `GET /api/secrets/providers`.
  public func secretProviders() async throws(ClientError) -> [SecretProvider] {
    try await value(SecretProvidersResponse.self, "GET", "/api/secrets/providers").data
  }

  /// `POST /api/secrets`.
  public func createSecret(
    _ secret: CreateSecretRequest
  ) async throws(ClientError) -> SecretResponse {
    let response = try await call("POST", "/api/secrets", body: try Self.body(secret))
    return try Self.read(SecretResponse.self, from: Self.checked(response))
  }

  /// `PATCH /api/secrets/{id}`.
  public func updateSecret(
    _ id: String, _ change: UpdateSecretRequest
  ) async throws(ClientError) -> SecretResponse {
    let response = try await call("PATCH", Self.secretPath(id), body: try Self.body(change))
    return try Self.read(SecretResponse.self, from: Self.checked(response))
  }

  /// `DELETE /api/secrets/{id}`.
  public func deleteSecret(_ id: String) async throws(ClientError) {
    try Self.checked(try await call("DELETE", Self.secretPath(id)))
  }

  private static func secretPath(_ id: String) -> String { "/api/secrets/" + id.percentEncoded }
}
