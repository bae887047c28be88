import ComfyAPI
import Downloads
import Foundation

/// What stands in the models tree, whoever put it there.
extension Library {
  /// What ComfyUI takes for a model (`folder_paths.py`).
  private static let extensions: Set<String> = [
    "ckpt", "pt", "pt2", "bin", "pth", "safetensors", "pkl", "sft", "gguf",
  ]

  /// Names of the folders directly below the root; none when there is no root yet.
  func folders() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.filter { Folder($0)?.name == $0 && isDirectory(absolute($0)) }
  }

  /// The directories that hold what loaders find in a folder: that of the tree, which need not be there,
  /// then those that are.
  func directories(of folder: Folder, among places: [ModelsPlace]) -> [String] {
    let tree = folder.directories.map(absolute)
    let others = tree.dropFirst() + places.flatMap { $0.directories(of: folder) }
    var directories = Array(tree.prefix(1))
    for path in others where !directories.contains(path) && isDirectory(path) {
      directories.append(path)
    }
    return directories
  }

  /// The models that loaders find in a folder, by their names; one that stands in several directories is
  /// that of the first. Nil when no directory is there.
  func files(in name: String, among places: [ModelsPlace]) -> [ModelFile]? {
    guard let folder = Folder(name) else { return nil }
    var files: [String: ModelFile]?
    for (index, directory) in directories(of: folder, among: places).enumerated() {
      guard isDirectory(directory),
        let entries = FileManager.default.enumerator(atPath: directory)
      else { continue }
      var found = files ?? [:]
      for case let path as String in entries where Self.isModel(path) && found[path] == nil {
        guard let status = Disk.status(directory + "/" + path), status.isRegular else { continue }
        found[path] = ModelFile(
          name: path, pathIndex: index, size: status.size,
          modified: Double(status.modificationTime) / 1_000_000_000)
      }
      files = found
    }
    return files?.values.sorted { $0.name < $1.name }
  }

  private func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }

  /// Whether the name of a file is that of a model, and no folder before it hides.
  static func isModel(_ path: String) -> Bool {
    guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }),
      let dot = path.lastIndex(of: ".")
    else { return false }
    return extensions.contains(path[path.index(after: dot)...].lowercased())
  }
}
