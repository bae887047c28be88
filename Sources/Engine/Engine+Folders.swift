import ComfyAPI
import Downloads
import Foundation

/// The models tree, and the places besides it, as ComfyUI's own listing shows them.
extension Engine {
  /// The folders ComfyUI knows, and those that are there besides.
  public func modelFolders() async throws(EngineError) -> [ModelFolder] {
    let (library, places) = (library, places.all)
    return try await EngineError.translating {
      try await Disk.run {
        let present = Set(library.folders() + places.compactMap(\.folder?.name))
        let names = Folder.known + present.filter { !Folder.known.contains($0) }.sorted()
        return names.compactMap { name in
          Folder(name).map {
            ModelFolder(name: name, folders: library.directories(of: $0, among: places))
          }
        }
      }
    }
  }

  /// Whether `modelFiles` would have a file of this path.
  public static func listsModel(_ path: String) -> Bool { Library.isModel(path) }

  /// The files below a folder, by their names.
  ///
  /// - Throws: `notFound` for a folder that is neither known nor there.
  public func modelFiles(in name: String) async throws(EngineError) -> [ModelFile] {
    let (library, places) = (library, places.all)
    let files = try await EngineError.translating {
      try await Disk.run { library.files(in: name, among: places) }
    }
    guard let folder = Folder(name), files != nil || Folder.known.contains(folder.name) else {
      throw EngineError(
        .notFound, code: "FOLDER_NOT_FOUND",
        message: "There is no folder \(PlainText.sanitized(String(name.prefix(64)))).")
    }
    return files ?? []
  }
}
