import Foundation

/// The body of `POST /api/assets/download`.
public struct AssetDownloadRequest: Sendable, Equatable, Codable {
  /// URL of the file on huggingface.co or civitai.com.
  public var sourceURL: String
  /// `models` plus the folder, bare (`loras`) or as `model_type:loras`, and any others.
  public var tags: [String]?
  public var userMetadata: [String: JSONValue]?
  /// An asset to show as thumbnail.
  public var previewID: String?

  public init(
    sourceURL: String, tags: [String]? = nil, userMetadata: [String: JSONValue]? = nil,
    previewID: String? = nil
  ) {
    self.sourceURL = sourceURL
    self.tags = tags
    self.userMetadata = userMetadata
    self.previewID = previewID
  }

  private enum CodingKeys: String, CodingKey {
    case tags
    case sourceURL = "source_url"
    case userMetadata = "user_metadata"
    case previewID = "preview_id"
  }
}
