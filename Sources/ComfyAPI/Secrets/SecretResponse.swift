import Foundation

/// What is told of a stored secret. Its value never is.
public struct SecretResponse: Sendable, Equatable, Codable {
  public var id: String
  public var name: String
  public var provider: String?
  public var credentialType: String?
  public var createdAt: Date
  public var updatedAt: Date
  public var lastUsedAt: Date?

  public init(
    id: String, name: String, provider: String? = nil, credentialType: String? = nil,
    createdAt: Date, updatedAt: Date, lastUsedAt: Date? = nil
  ) {
    self.id = id
    self.name = name
    self.provider = provider
    self.credentialType = credentialType
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.lastUsedAt = lastUsedAt
  }

  private enum CodingKeys: String, CodingKey {
    case id, name, provider
    case credentialType = "credential_type"
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case lastUsedAt = "last_used_at"
  }
}

/// All stored secrets.
public struct SecretListResponse: Sendable, Equatable, Codable {
  public var data: [SecretResponse]

  public init(data: [SecretResponse]) { self.data = data }
}
