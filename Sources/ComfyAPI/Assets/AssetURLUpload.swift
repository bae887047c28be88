/// The JSON form of `POST /api/assets`: the server fetches the file, and answers when it is there.
/// Only the older contract has it.
public struct AssetURLUpload: Sendable, Equatable, Codable, ContractRequest {
  public var url: String
  /// The name to save the file as.
  public var name: String
  public var tags: [String]?
  public var userMetadata: [String: JSONValue]?
  public var previewID: String?

  public init(
    url: String, name: String, tags: [String]? = nil, userMetadata: [String: JSONValue]? = nil,
    previewID: String? = nil
  ) {
    self.url = url
    self.name = name
    self.tags = tags
    self.userMetadata = userMetadata
    self.previewID = previewID
  }

  public static var fieldNames: Set<String> { CodingKeys.names }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case url, name, tags
    case userMetadata = "user_metadata"
    case previewID = "preview_id"
  }
}
