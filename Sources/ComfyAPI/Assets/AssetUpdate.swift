/// What to change of an asset; nil leaves a field as it is.
public struct AssetUpdate: Sendable, Equatable, Codable, ContractRequest {
  public var name: String?
  public var mimeType: String?
  public var previewID: String?
  /// Takes the place of all user metadata.
  public var userMetadata: [String: JSONValue]?
  /// Takes the place of all tags; only the older contract has it.
  public var tags: [String]?

  public init(
    name: String? = nil, mimeType: String? = nil, previewID: String? = nil,
    userMetadata: [String: JSONValue]? = nil, tags: [String]? = nil
  ) {
    self.name = name
    self.mimeType = mimeType
    self.previewID = previewID
    self.userMetadata = userMetadata
    self.tags = tags
  }

  /// True when nothing is asked for, which the contract refuses.
  public var isEmpty: Bool { self == AssetUpdate() }

  public static var fieldNames: Set<String> { CodingKeys.names }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case name, tags
    case mimeType = "mime_type"
    case previewID = "preview_id"
    case userMetadata = "user_metadata"
  }
}
