/// What the form of `POST /api/assets` says of the file it holds.
public struct AssetUpload: Sendable, Equatable {
  /// The name of the file at the sender.
  public var filename: String?
  /// `models` and a folder's tag, or the use of another file such as `input` or `preview`.
  public var tags: [String]
  /// The id that the sender chose.
  public var id: String?
  /// An asset to show as thumbnail.
  public var previewID: String?
  /// The label; nil for the name of the file.
  public var name: String?
  public var mimeType: String?
  /// What the content must have: `blake3:` or `sha256:` and 64 lower-case hex digits.
  public var hash: String?
  public var userMetadata: [String: JSONValue]

  public init(
    filename: String? = nil, tags: [String] = [], id: String? = nil, previewID: String? = nil,
    name: String? = nil, mimeType: String? = nil, hash: String? = nil,
    userMetadata: [String: JSONValue] = [:]
  ) {
    self.filename = filename
    self.tags = tags
    self.id = id
    self.previewID = previewID
    self.name = name
    self.mimeType = mimeType
    self.hash = hash
    self.userMetadata = userMetadata
  }
}
