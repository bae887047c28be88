/// A request for an asset with content that is stored already.
public struct AssetFromHash: Sendable, Equatable, Codable, ContractRequest {
  /// `blake3:` or `sha256:` and 64 lower-case hex digits.
  public var hash: String
  public var name: String?
  /// At least one.
  public var tags: [String]
  public var mimeType: String?
  public var userMetadata: [String: JSONValue]?

  public init(
    hash: String, name: String? = nil, tags: [String], mimeType: String? = nil,
    userMetadata: [String: JSONValue]? = nil
  ) {
    self.hash = hash
    self.name = name
    self.tags = tags
    self.mimeType = mimeType
    self.userMetadata = userMetadata
  }

  public static var fieldNames: Set<String> { CodingKeys.names }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case hash, name, tags
    case mimeType = "mime_type"
    case userMetadata = "user_metadata"
  }
}
