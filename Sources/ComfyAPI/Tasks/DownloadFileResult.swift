/// How an import task ended. Every field is optional because the contract leaves the shape open.
public struct DownloadFileResult: Sendable, Equatable, Codable {
  public var success: Bool?
  /// Path from the models root's parent, e.g. `models/loras/x.safetensors`.
  public var filePath: String?
  public var filename: String?
  public var bytesDownloaded: Int64?
  public var contentType: String?
  /// `blake3:` and 64 lower-case hex digits.
  public var hash: String?
  public var assetID: String?
  public var metadata: [String: JSONValue]?
  /// One sentence for people when the task failed.
  public var error: String?
  /// Machine-readable code of the failure; sent by Winch's own engine alone.
  public var errorCode: String?
  /// What the user can do about the failure; sent by Winch's own engine alone.
  public var hint: String?
  /// 64 lower-case hex digits; sent by Winch's own engine alone.
  public var sha256: String?
  /// Whether a published hash was compared and equal; sent by Winch's own engine alone.
  public var verified: Bool?

  public init(
    success: Bool? = nil, filePath: String? = nil, filename: String? = nil,
    bytesDownloaded: Int64? = nil, contentType: String? = nil, hash: String? = nil,
    assetID: String? = nil, metadata: [String: JSONValue]? = nil, error: String? = nil,
    errorCode: String? = nil, hint: String? = nil, sha256: String? = nil, verified: Bool? = nil
  ) {
    self.success = success
    self.filePath = filePath
    self.filename = filename
    self.bytesDownloaded = bytesDownloaded
    self.contentType = contentType
    self.hash = hash
    self.assetID = assetID
    self.metadata = metadata
    self.error = error
    self.errorCode = errorCode
    self.hint = hint
    self.sha256 = sha256
    self.verified = verified
  }

  private enum CodingKeys: String, CodingKey {
    case success, filename, hash, metadata, error, hint, sha256, verified
    case filePath = "file_path"
    case bytesDownloaded = "bytes_downloaded"
    case contentType = "content_type"
    case assetID = "asset_id"
    case errorCode = "error_code"
  }
}
