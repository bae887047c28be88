import ComfyAPI
import Downloads
import Foundation
import Synchronization

/// The tokens that clients have stored with the engine, in a file only its owner can read.
///
/// Values go in and come out for downloads alone; nothing prints or returns them.
public final class SecretStore: Sendable {
  /// The sites a token is used for, by the contract's names.
  public static let providers = [
    SecretProvider(id: "huggingface", label: "Hugging Face"),
    SecretProvider(id: "civitai", label: "Civitai"),
  ]

  private let path: String
  /// Nil until read.
  private let secrets = Mutex<[StoredSecret]?>(nil)

  /// - Parameter path: of the file; it need not be there.
  public init(path: String) { self.path = path }

  /// The token for a site; nil when none is stored or the file cannot be read.
  public func value(provider: String) -> String? {
    try? read { $0.first { $0.provider == provider }?.value }
  }

  /// Every value, so that what is passed on to others can be freed of them. None where the file cannot be
  /// read.
  public var allValues: [String] { (try? read { $0.map(\.value) }) ?? [] }

  func list() throws(EngineError) -> [SecretResponse] {
    try EngineError.translating { try read { $0.map(\.response) } }
  }

  func secret(_ id: String) throws(EngineError) -> SecretResponse {
    let found = try EngineError.translating { try read { $0.first { $0.id == id } } }
    guard let found else { throw Self.unknown }
    return found.response
  }

  func create(_ request: CreateSecretRequest, now: Date) throws(EngineError) -> SecretResponse {
    try Self.check(name: request.name)
    try Self.check(value: request.secretValue)
    if let provider = request.provider {
      guard Self.providers.contains(where: { $0.id == provider }) else {
        throw Self.refusal(
          "provider", "The provider is huggingface or civitai.", code: "INVALID_PROVIDER")
      }
    }
    guard ["api_key", nil].contains(request.credentialType) else {
      throw Self.refusal("credential_type", "Only secrets of the type api_key are used here.")
    }
    return try change { secrets throws(EngineError) in
      guard !secrets.contains(where: { $0.name == request.name }) else {
        throw EngineError(
          .conflict, code: "DUPLICATE_NAME", message: "There is a secret of this name already.")
      }
      guard !secrets.contains(where: { $0.provider != nil && $0.provider == request.provider })
      else {
        throw EngineError(
          .conflict, code: "DUPLICATE_PROVIDER",
          message: "There is a secret for this provider already.")
      }
      let secret = StoredSecret(
        id: UUID().uuidString.lowercased(), name: request.name, value: request.secretValue,
        provider: request.provider, credentialType: request.credentialType ?? "api_key",
        createdAt: now, updatedAt: now)
      secrets.append(secret)
      return secret.response
    }
  }

  func update(
    _ id: String, _ request: UpdateSecretRequest, now: Date
  ) throws(EngineError) -> SecretResponse {
    if let name = request.name { try Self.check(name: name) }
    if let value = request.secretValue { try Self.check(value: value) }
    return try change { secrets throws(EngineError) in
      guard let index = secrets.firstIndex(where: { $0.id == id }) else { throw Self.unknown }
      if let name = request.name {
        guard !secrets.contains(where: { $0.name == name && $0.id != id }) else {
          throw EngineError(
            .conflict, code: "DUPLICATE_NAME", message: "There is a secret of this name already.")
        }
        secrets[index].name = name
      }
      if let value = request.secretValue { secrets[index].value = value }
      secrets[index].updatedAt = now
      return secrets[index].response
    }
  }

  func delete(_ id: String) throws(EngineError) {
    try change { secrets throws(EngineError) in
      guard let index = secrets.firstIndex(where: { $0.id == id }) else { throw Self.unknown }
      secrets.remove(at: index)
    }
  }

  private func read<Value: Sendable>(
    _ use: ([StoredSecret]) throws -> Value
  ) throws -> Value {
    try secrets.withLock { try use(try load(&$0)) }
  }

  private func change<Value: Sendable>(
    _ change: (inout [StoredSecret]) throws(EngineError) -> Value
  ) throws(EngineError) -> Value {
    try EngineError.translating {
      try secrets.withLock { kept in
        var changed = try load(&kept)
        let value = try change(&changed)
        try PrivateFile.write(try JSONEncoder().encode(changed), to: path)
        kept = changed
        return value
      }
    }
  }

  private func load(_ kept: inout [StoredSecret]?) throws -> [StoredSecret] {
    if let kept { return kept }
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    let secrets = try JSONDecoder().decode([StoredSecret].self, from: data)
    kept = secrets
    return secrets
  }

  private static func check(name: String) throws(EngineError) {
    guard !name.isEmpty, name.count <= 255, PlainText.sanitized(name) == name else {
      throw refusal("name", "A secret's name has 1 to 255 characters.")
    }
  }

  /// A token that cannot stand in a header would fail later, and less clearly.
  private static func check(value: String) throws(EngineError) {
    guard !value.isEmpty, value.utf8.count <= 4096,
      value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else {
      throw refusal("secret_value", "A secret has 1 to 4096 printable ASCII characters.")
    }
  }

  private static func refusal(
    _ field: String, _ message: String, code: String = "INVALID_REQUEST"
  ) -> EngineError {
    EngineError(.invalidRequest, code: code, message: message, field: field)
  }

  private static let unknown = EngineError(
    .notFound, code: "NOT_FOUND", message: "There is no such secret.")
}
