import ComfyAPI
import Downloads
import Foundation

/// The models tree as ComfyUI's own listing shows it.
extension Engine {
  /// The folders ComfyUI knows, and those that are there besides.
  public func modelFolders() async throws(EngineError) -> [ModelFolder] {
    let library = library
    let present = try await EngineError.translating {
      try await Disk.run { library.folders() }
    }
    let names = Folder.known + present.filter { !Folder.known.contains($0) }.sorted()
    return names.map { ModelFolder(name: $0, folders: [library.absolute($0)]) }
  }

  /// The files below a folder, by their names.
  ///
  /// - Throws: `notFound` for a folder that is neither known nor there.
  public func modelFiles(in name: String) async throws(EngineError) -> [ModelFile] {
    let library = library
    let files = try await EngineError.translating {
      try await Disk.run { library.files(in: name) }
    }
    guard let folder = Folder(name), files != nil || Folder.known.contains(folder.name) else {
      throw EngineError(
        .notFound, code: "FOLDER_NOT_FOUND",
        message: "There is no folder \(PlainText.sanitized(String(name.prefix(64)))).")
    }
    return files ?? []
  }
}
