/// What stands in the input pane and has not been queued: kept so that nothing typed is lost.
public struct Draft: Sendable, Equatable, Codable {
  /// One link a line; secrets are taken out before a draft leaves the pane.
  public var urls: String
  public var tags: String
  public var folder: String
  /// `key=value` lines or one JSON object.
  public var metadata: String

  public init(urls: String = "", tags: String = "", folder: String = "", metadata: String = "") {
    self.urls = urls
    self.tags = tags
    self.folder = folder
    self.metadata = metadata
  }

  /// True when there is nothing worth keeping.
  public var isEmpty: Bool { urls.isEmpty && tags.isEmpty && folder.isEmpty && metadata.isEmpty }
}
