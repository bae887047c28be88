import ComfyAPI
import Engine
import Foundation
import Hummingbird

extension Routes {
  func addSecrets(to router: Router<BasicRequestContext>) {
    router.path("/api/secrets", [.get: listSecrets, .post: createSecret])
    router.path("/api/secrets/providers", [.get: listProviders])
    router.path(
      "/api/secrets/:id", [.get: readSecret, .patch: updateSecret, .delete: deleteSecret])
  }

  @Sendable
  private func listSecrets(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.listSecrets())
  }

  @Sendable
  private func createSecret(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let order = try await Self.secretBody(CreateSecretRequest.self, of: request)
    return try .json(await engine.createSecret(order), status: .created)
  }

  @Sendable
  private func readSecret(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.secret(try context.id("id")))
  }

  @Sendable
  private func updateSecret(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let id = try context.id("id")
    let change = try await Self.secretBody(UpdateSecretRequest.self, of: request)
    return try .json(await engine.updateSecret(id, change))
  }

  @Sendable
  private func deleteSecret(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try await engine.deleteSecret(try context.id("id"))
    return Response(status: .noContent)
  }

  @Sendable
  private func listProviders(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(SecretProvidersResponse(data: SecretStore.providers))
  }

  /// The contract has a code of its own for a bad request here.
  private static func secretBody<Value: ContractRequest>(
    _ type: Value.Type, of request: Request
  ) async throws -> Value {
    do {
      return try await body(type, of: request)
    } catch var refusal as Refusal {
      refusal.response.code = "INVALID_REQUEST"
      throw refusal
    }
  }
}
