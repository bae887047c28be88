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

  /// The models below a folder, by their names; nil when there is no such folder.
  func files(in name: String) -> [ModelFile]? {
    guard let folder = Folder(name), isDirectory(absolute(folder.name)),
      let entries = FileManager.default.enumerator(atPath: absolute(folder.name))
    else { return nil }
    var files: [ModelFile] = []
    for case let path as String in entries where Self.isModel(path) {
      let absolute = absolute(folder.name + "/" + path)
      guard let status = Disk.status(absolute), status.isRegular else { continue }
      files.append(
        ModelFile(
          name: path, size: status.size,
          modified: Double(status.modificationTime) / 1_000_000_000))
    }
    return files.sorted { $0.name < $1.name }
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
