import ComfyAPI

/// The tokens that clients store with the engine. Values are taken and never given out.
extension Engine {
  public func listSecrets() throws(EngineError) -> SecretListResponse {
    SecretListResponse(data: try secrets.list())
  }

  /// - Throws: `notFound`.
  public func secret(_ id: String) throws(EngineError) -> SecretResponse {
    try secrets.secret(id)
  }

  /// - Throws: `invalidRequest`; `conflict` when the name or the provider has one already.
  public func createSecret(_ request: CreateSecretRequest) throws(EngineError) -> SecretResponse {
    try secrets.create(request, now: environment.now())
  }

  /// - Throws: `notFound`, `invalidRequest`, `conflict`.
  public func updateSecret(
    _ id: String, _ request: UpdateSecretRequest
  ) throws(EngineError) -> SecretResponse {
    try secrets.update(id, request, now: environment.now())
  }

  /// - Throws: `notFound`.
  public func deleteSecret(_ id: String) throws(EngineError) { try secrets.delete(id) }
}
