import Foundation

extension Asset: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, name, hash, size, tags, metadata
    case displayName = "display_name"
    case filePath = "file_path"
    case loaderPath = "loader_path"
    case assetHash = "asset_hash"
    case mimeType = "mime_type"
    case userMetadata = "user_metadata"
    case previewURL = "preview_url"
    case previewID = "preview_id"
    case isImmutable = "is_immutable"
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case lastAccessTime = "last_access_time"
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decode(String.self, forKey: .id)
    name = try fields.decode(String.self, forKey: .name)
    displayName = try fields.decodeIfPresent(String.self, forKey: .displayName)
    filePath = try fields.decodeIfPresent(String.self, forKey: .filePath)
    loaderPath = try fields.decodeIfPresent(String.self, forKey: .loaderPath)
    let newerHash = try fields.decodeIfPresent(String.self, forKey: .hash)
    hash = try newerHash ?? fields.decodeIfPresent(String.self, forKey: .assetHash)
    size = try fields.decodeIfPresent(Int64.self, forKey: .size)
    mimeType = try fields.decodeIfPresent(String.self, forKey: .mimeType)
    tags = try fields.decodeIfPresent([String].self, forKey: .tags) ?? []
    metadata = try fields.decodeIfPresent([String: JSONValue].self, forKey: .metadata)
    userMetadata = try fields.decodeIfPresent([String: JSONValue].self, forKey: .userMetadata)
    previewURL = try fields.decodeIfPresent(String.self, forKey: .previewURL)
    previewID = try fields.decodeIfPresent(String.self, forKey: .previewID)
    isImmutable = try fields.decodeIfPresent(Bool.self, forKey: .isImmutable)
    createdAt = try fields.decode(Date.self, forKey: .createdAt)
    updatedAt = try fields.decode(Date.self, forKey: .updatedAt)
    lastAccessTime = try fields.decodeIfPresent(Date.self, forKey: .lastAccessTime)
  }

  /// Writes both names of the hash, so that clients of either generation find it.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(id, forKey: .id)
    try fields.encode(name, forKey: .name)
    try fields.encodeIfPresent(displayName, forKey: .displayName)
    try fields.encodeIfPresent(filePath, forKey: .filePath)
    try fields.encodeIfPresent(loaderPath, forKey: .loaderPath)
    try fields.encodeIfPresent(hash, forKey: .hash)
    try fields.encodeIfPresent(hash, forKey: .assetHash)
    try fields.encodeIfPresent(size, forKey: .size)
    try fields.encodeIfPresent(mimeType, forKey: .mimeType)
    try fields.encode(tags, forKey: .tags)
    try fields.encodeIfPresent(metadata, forKey: .metadata)
    try fields.encodeIfPresent(userMetadata, forKey: .userMetadata)
    try fields.encodeIfPresent(previewURL, forKey: .previewURL)
    try fields.encodeIfPresent(previewID, forKey: .previewID)
    try fields.encodeIfPresent(isImmutable, forKey: .isImmutable)
    try fields.encode(createdAt, forKey: .createdAt)
    try fields.encode(updatedAt, forKey: .updatedAt)
    try fields.encodeIfPresent(lastAccessTime, forKey: .lastAccessTime)
  }
}
