/// A folder besides the models root that ComfyUI reads models from. Winch reads it too, and never writes
/// or deletes there.
public struct ModelsPlace: Sendable, Hashable {
  /// Absolute, without trailing slash.
  public var path: String
  /// What ComfyUI's loaders call all that is in it; nil for a whole tree, whose folders say that of what
  /// is in them.
  public var folder: Folder?
  /// Who tells of it: a file, an option, a process. For people.
  public var origin: String

  public init(path: String, folder: Folder? = nil, origin: String) {
    self.path = path
    self.folder = folder
    self.origin = origin
  }

  /// The places in which there may be something that a models root has not: each once, and none that is
  /// the root or its folder of that name.
  public static func besides(_ root: String, among places: [ModelsPlace]) -> [ModelsPlace] {
    struct Key: Hashable {
      let path: String
      let folder: Folder?
    }
    var seen: Set<Key> = []
    return places.filter { place in
      guard place.path != root else { return false }
      if let folder = place.folder,
        folder.directories.contains(where: { place.path == root + "/" + $0 })
      {
        return false
      }
      return seen.insert(Key(path: place.path, folder: place.folder)).inserted
    }
  }

  /// The directories that hold what loaders find in a folder, the first wins; they need not be there.
  public func directories(of wanted: Folder) -> [String] {
    guard let folder else { return wanted.directories.map { path + "/" + $0 } }
    if folder == wanted { return [path] }
    guard wanted.name.hasPrefix(folder.name + "/") else { return [] }
    return [path + wanted.name.dropFirst(folder.name.count)]
  }
}
