import ComfyAPI
import Downloads
import Foundation

/// What stands in the input pane and has not been queued: kept so that nothing typed is lost.
public struct Draft: Sendable, Equatable, Codable {
  /// One link a line; secrets are taken out before a draft leaves the pane.
  public var urls: String
  public var tags: String
  public var folder: String
  /// `key=value` lines or one JSON object.
  public var metadata: String
  /// The failed or cancelled download that is being changed, whose place this takes.
  public var replaces: UUID?

  public init(
    urls: String = "", tags: String = "", folder: String = "", metadata: String = "",
    replaces: UUID? = nil
  ) {
    self.urls = urls
    self.tags = tags
    self.folder = folder
    self.metadata = metadata
    self.replaces = replaces
  }

  /// The text a download could have been queued from.
  init(editing download: Download) {
    let metadata = download.userMetadata
    self.init(
      urls: download.url, tags: download.tags.joined(separator: ", "),
      folder: download.folder ?? "",
      metadata: metadata.isEmpty ? "" : (try? WireFormat.encodeText(metadata)) ?? "",
      replaces: download.id)
  }

  /// True when there is nothing worth keeping.
  public var isEmpty: Bool { urls.isEmpty && tags.isEmpty && folder.isEmpty && metadata.isEmpty }
}
