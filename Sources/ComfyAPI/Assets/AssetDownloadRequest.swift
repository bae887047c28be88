import Foundation

/// The body of `POST /api/assets/download`.
public struct AssetDownloadRequest: Sendable, Equatable, Codable, ContractRequest {
  /// URL of the file on huggingface.co or civitai.com.
  public var sourceURL: String
  /// `models` plus the folder, bare (`loras`) or as `model_type:loras`, and any others.
  public var tags: [String]?
  public var userMetadata: [String: JSONValue]?
  /// An asset to show as thumbnail.
  public var previewID: String?
  /// The name to save the file as; Comfy Cloud does not have it.
  public var filename: String?
  /// The hash that the content must have, `sha256:` or `blake3:` and 64 digits; only Winch's own engine
  /// has it.
  public var expectedHash: String?

  public init(
    sourceURL: String, tags: [String]? = nil, userMetadata: [String: JSONValue]? = nil,
    previewID: String? = nil, filename: String? = nil, expectedHash: String? = nil
  ) {
    self.sourceURL = sourceURL
    self.tags = tags
    self.userMetadata = userMetadata
    self.previewID = previewID
    self.filename = filename
    self.expectedHash = expectedHash
  }

  public static var fieldNames: Set<String> { CodingKeys.names }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case tags, filename
    case sourceURL = "source_url"
    case userMetadata = "user_metadata"
    case previewID = "preview_id"
    case expectedHash = "expected_hash"
  }
}
