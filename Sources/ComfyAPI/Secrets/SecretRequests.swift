/// A secret to store. Printing it does not show the value.
public struct CreateSecretRequest: Sendable, Codable, ContractRequest {
  public var name: String
  public var secretValue: String
  public var provider: String?
  public var credentialType: String?

  public init(
    name: String, secretValue: String, provider: String? = nil, credentialType: String? = nil
  ) {
    self.name = name
    self.secretValue = secretValue
    self.provider = provider
    self.credentialType = credentialType
  }

  public static var fieldNames: Set<String> { CodingKeys.names }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case name, provider
    case secretValue = "secret_value"
    case credentialType = "credential_type"
  }
}

/// What to change of a secret; nil leaves it. Printing it does not show the value.
public struct UpdateSecretRequest: Sendable, Codable, ContractRequest {
  public var name: String?
  public var secretValue: String?

  public init(name: String? = nil, secretValue: String? = nil) {
    self.name = name
    self.secretValue = secretValue
  }

  public static var fieldNames: Set<String> { CodingKeys.names }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case name
    case secretValue = "secret_value"
  }
}

extension CreateSecretRequest: CustomStringConvertible, CustomReflectable {
  public var description: String { "the secret \(name)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension UpdateSecretRequest: CustomStringConvertible, CustomReflectable {
  public var description: String { "a change of a secret" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
