import ComfyAPI
import Foundation

/// What the user asked for: one URL with its tags, folder and metadata.
public struct Submission: Sendable, Equatable {
  public var url: String
  /// The user's own tags; `models` and the folder's tag are added when the request is made.
  public var tags: [String]
  public var folder: Folder?
  public var userMetadata: [String: JSONValue]
  public var previewID: String?
  /// What the file is called, to be shown until the backend tells; nil while nobody has asked its
  /// source. The file gets its name by other means.
  public var name: String?
  /// What the file is to be called; nil for the name that its source gives it. Comfy Cloud cannot.
  public var fileName: String?
  /// What the content must be; nil for whatever the source has. Winch's own engine alone takes it.
  public var expectedHash: ContentHash?

  public init(
    url: String, tags: [String] = [], folder: Folder? = nil,
    userMetadata: [String: JSONValue] = [:], previewID: String? = nil, name: String? = nil,
    fileName: String? = nil, expectedHash: ContentHash? = nil
  ) {
    self.url = url
    self.tags = tags
    self.folder = folder
    self.userMetadata = userMetadata
    self.previewID = previewID
    self.name = name
    self.fileName = fileName
    self.expectedHash = expectedHash
  }
}

extension Submission {
  /// The contract's request: `models`, the folder's tag, the user's tags, each once, in this order.
  ///
  /// - Parameters:
  ///   - namingFile: whether the backend can be told what to call the file.
  ///   - expectingHash: whether it can be told what the content must be.
  public func request(
    usingModelTypeTags: Bool, namingFile: Bool = false, expectingHash: Bool = false
  ) -> AssetDownloadRequest {
    var all = ["models"]
    if let folder {
      all.append(usingModelTypeTags ? folder.modelTypeTag : folder.name)
    }
    for tag in tags where !all.contains(tag) { all.append(tag) }
    return AssetDownloadRequest(
      sourceURL: url, tags: all, userMetadata: userMetadata.isEmpty ? nil : userMetadata,
      previewID: previewID, filename: namingFile ? fileName : nil,
      expectedHash: expectingHash ? expectedHash?.text : nil)
  }
}
