import Downloads
import Foundation
import Synchronization

/// The models folder as the engine has found it when it began.
///
/// A disk may go in the middle. What is then under the path is a mount point, or nothing: no folder is
/// made there and no byte written. Its calls block on the disk.
final class ModelsRoot: Sendable {
  /// Absolute path without trailing slash.
  let path: String

  private struct State {
    /// Device and inode; nil before the folder is made.
    var identity: Disk.FileStatus?
    var lock: FolderLock?
  }

  private let state = Mutex(State())
  private let isShared: Bool

  /// Claims the folder if it is there; else it is made, and claimed, when it is first needed.
  ///
  /// - Parameter isShared: whether others may use the folder as well.
  /// - Throws: `FolderInUse`.
  init(path: String, isShared: Bool = false) throws {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    self.isShared = isShared
    guard Disk.status(path) != nil else { return }
    try state.withLock { try claim(&$0) }
  }

  /// Makes sure that the folder is there, and is the one, before something is written below it.
  ///
  /// - Throws: `ModelsRootGone`, `DiskError`, `FolderInUse`.
  func enter() throws {
    try state.withLock { state in
      if state.identity == nil {
        try Disk.makeDirectory(path)
        try claim(&state)
      } else if !isSame(&state) {
        throw ModelsRootGone(path: path)
      }
    }
  }

  /// False while what is under the path is not the folder that was there.
  var isInPlace: Bool { state.withLock { $0.identity == nil || isSame(&$0) } }

  private func isSame(_ state: inout State) -> Bool {
    guard let known = state.identity, let found = Disk.status(path) else { return false }
    if found.isSameFile(as: known) { return true }
    // A disk that is mounted again may have another number, and then has lost its locks.
    guard let lock = state.lock, lock.isOf(workFolder) else { return false }
    state.lock = nil
    return (try? claim(&state)) != nil
  }

  /// Where nothing can be written no lock is needed: nothing will be.
  private func claim(_ state: inout State) throws {
    state.identity = Disk.status(path)
    guard !isShared else { return }
    do {
      state.lock = try FolderLock(folder: workFolder)
    } catch is DiskError {
      state.lock = nil
    }
  }

  private var workFolder: String { path + "/.winch" }
}

extension ModelsRoot {
  /// Why there can be no models folder at a path: a file stands there, or above it. Nil where there can.
  static func refusal(of path: String) -> DownloadFailure? {
    var place = path
    while !place.isEmpty {
      var isDirectory: ObjCBool = false
      if FileManager.default.fileExists(atPath: place, isDirectory: &isDirectory) {
        guard !isDirectory.boolValue else { return nil }
        return DownloadFailure(
          code: "CANNOT_WRITE",
          message: place == path
            ? "The models folder \(path) is a file."
            : "There can be no models folder \(path): \(place) is a file.",
          hint: "Choose another with WINCH_MODELS, --models or the setting models.")
      }
      let parent = Disk.parent(of: place)
      guard parent != place else { return nil }
      place = parent
    }
    return nil
  }
}

/// The models folder is not there any more, or another is in its place.
struct ModelsRootGone: Error, CustomStringConvertible {
  let path: String

  var description: String { failure.message }

  var failure: DownloadFailure {
    DownloadFailure(
      code: "MODELS_FOLDER_GONE",
      message: "Waiting for the models folder \(path), which is not there any more.",
      hint: "Mount its disk again. To begin with an empty folder, stop the engine first.")
  }
}
