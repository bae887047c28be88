/// Names that the backend's files have, for completion.
public struct BackendNames: Sendable, Equatable {
  /// The tags in use, those of most files first.
  public var tags: [String]
  public var folders: [String]

  public init(tags: [String] = [], folders: [String] = []) {
    self.tags = tags
    self.folders = folders
  }
}
