import ComfyAPI
import Foundation

/// A stored token of the lab.
public struct CloudSecret: Sendable, Equatable {
  public let id: String
  public var name: String
  public var value: String
  public let provider: String?
  let createdAt = Date()

  var json: JSONValue {
    .object([
      "id": .string(id), "name": .string(name), "credential_type": "api_key",
      "provider": provider.map(JSONValue.string) ?? .null,
      "created_at": CloudTime.json(createdAt), "updated_at": CloudTime.json(createdAt),
    ])
  }
}

/// `/api/secrets`: values go in and never come out.
extension CloudLab {
  /// What is stored, with the values.
  public var storedSecrets: [CloudSecret] { state.withLock(\.secrets) }

  func secrets(_ rest: ArraySlice<String>, _ request: CloudRequest) -> CloudAnswer {
    switch (request.method, rest.first) {
    case ("GET", nil):
      return .json(200, .object(["data": .array(storedSecrets.map(\.json))]))
    case ("POST", nil): return addSecret(request)
    case ("GET", "providers"):
      let providers = ["huggingface", "civitai"].map { JSONValue.object(["id": .string($0)]) }
      return .json(200, .object(["data": .array(providers)]))
    case (let method, let id?): return changeSecret(id, method, request)
    default: return refusal(405, "METHOD_NOT_ALLOWED")
    }
  }

  private func addSecret(_ request: CloudRequest) -> CloudAnswer {
    guard let body = request.object, let name = body["name"]?.string, !name.isEmpty,
      let value = body["secret_value"]?.string, !value.isEmpty
    else { return refusal(400, "INVALID_REQUEST", "name and secret_value are needed.") }
    let provider = body["provider"]?.string
    if let provider, !["huggingface", "civitai"].contains(provider) {
      return refusal(400, "INVALID_PROVIDER")
    }
    let secret = CloudSecret(
      id: UUID().uuidString.lowercased(), name: name, value: value, provider: provider)
    let problem: String? = state.withLock { state in
      if state.secrets.contains(where: { $0.name == name }) { return "DUPLICATE_NAME" }
      if provider != nil, state.secrets.contains(where: { $0.provider == provider }) {
        return "DUPLICATE_PROVIDER"
      }
      state.secrets.append(secret)
      return nil
    }
    return problem.map { refusal(409, $0) } ?? .json(201, secret.json)
  }

  private func changeSecret(
    _ id: String, _ method: String, _ request: CloudRequest
  ) -> CloudAnswer {
    let body = request.object ?? [:]
    let found: CloudSecret? = state.withLock { state in
      guard let index = state.secrets.firstIndex(where: { $0.id == id }) else { return nil }
      if method == "PATCH" {
        state.secrets[index].name = body["name"]?.string ?? state.secrets[index].name
        state.secrets[index].value = body["secret_value"]?.string ?? state.secrets[index].value
      }
      let secret = state.secrets[index]
      if method == "DELETE" { state.secrets.remove(at: index) }
      return secret
    }
    guard let found else { return refusal(404, "NOT_FOUND") }
    return method == "DELETE" ? .empty : .json(200, found.json)
  }
}
