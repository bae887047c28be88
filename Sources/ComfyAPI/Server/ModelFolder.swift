/// A kind of models and the directories that hold them.
public struct ModelFolder: Sendable, Equatable, Codable {
  public var name: String
  /// Absolute paths.
  public var folders: [String]

  public init(name: String, folders: [String]) {
    self.name = name
    self.folders = folders
  }
}

/// A file in a folder of models.
public struct ModelFile: Sendable, Equatable, Codable {
  /// Path inside the folder.
  public var name: String
  /// Which of the folder's directories holds it.
  public var pathIndex: Int
  /// In bytes.
  public var size: Int64?
  /// Seconds since 1970.
  public var modified: Double?

  public init(name: String, pathIndex: Int = 0, size: Int64? = nil, modified: Double? = nil) {
    self.name = name
    self.pathIndex = pathIndex
    self.size = size
    self.modified = modified
  }
}
