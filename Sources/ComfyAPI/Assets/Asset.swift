import Foundation

/// A stored file.
///
/// Two generations of the contract are in use: the older names the content hash `asset_hash` and
/// requires `size`, the newer says `hash` and may omit the size. Both are read; `hash` wins.
public struct Asset: Sendable, Equatable {
  public var id: String
  public var name: String
  public var displayName: String?
  /// Path from the models root's parent, e.g. `models/checkpoints/x.safetensors`.
  public var filePath: String?
  /// Path inside the category folder, as a loader node takes it.
  public var loaderPath: String?
  /// `blake3:` and 64 lower-case hex digits.
  public var hash: String?
  /// Size in bytes.
  public var size: Int64?
  public var mimeType: String?
  public var tags: [String]
  /// What the source said of the file; read only.
  public var metadata: [String: JSONValue]?
  public var userMetadata: [String: JSONValue]?
  public var previewURL: String?
  public var previewID: String?
  public var isImmutable: Bool?
  public var createdAt: Date
  public var updatedAt: Date
  public var lastAccessTime: Date?

  public init(
    id: String, name: String, displayName: String? = nil, filePath: String? = nil,
    loaderPath: String? = nil, hash: String? = nil, size: Int64? = nil, mimeType: String? = nil,
    tags: [String] = [], metadata: [String: JSONValue]? = nil,
    userMetadata: [String: JSONValue]? = nil, previewURL: String? = nil, previewID: String? = nil,
    isImmutable: Bool? = nil, createdAt: Date, updatedAt: Date, lastAccessTime: Date? = nil
  ) {
    self.id = id
    self.name = name
    self.displayName = displayName
    self.filePath = filePath
    self.loaderPath = loaderPath
    self.hash = hash
    self.size = size
    self.mimeType = mimeType
    self.tags = tags
    self.metadata = metadata
    self.userMetadata = userMetadata
    self.previewURL = previewURL
    self.previewID = previewID
    self.isImmutable = isImmutable
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.lastAccessTime = lastAccessTime
  }
}
