/// A site that a secret can be stored for.
public struct SecretProvider: Sendable, Equatable, Codable {
  public var id: String
  public var label: String?

  public init(id: String, label: String? = nil) {
    self.id = id
    self.label = label
  }
}

public struct SecretProvidersResponse: Sendable, Equatable, Codable {
  public var data: [SecretProvider]

  public init(data: [SecretProvider]) { self.data = data }
}
