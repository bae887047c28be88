import Downloads
import Foundation

/// One walk through the models tree. It reads names and dates, never content.
///
/// Folders that begin with a dot are passed by, the engine's own among them, and so are those that hold
/// no models. Links lead to files anywhere; to folders only directly below the root, because that is
/// how people put `checkpoints` on another disk.
struct LibraryScan: Sendable {
  /// Models, with paths below the root.
  private(set) var files: [SeenFile] = []
  /// Folders below the root that could not be read, and why. What was known of them still holds.
  private(set) var unreadable: [(path: String, cause: String)] = []

  private let library: Library
  /// False while there is no tree, or its disk is away.
  private var isThere = false
  /// Folders that were entered, so that a link back up the tree ends there.
  private var entered: Set<[UInt64]> = []

  /// Blocks until the whole tree was walked through.
  ///
  /// - Parameter check: called for each folder; may throw to end the walk.
  /// - Throws: `DiskError` when the root itself cannot be read, unless there is none yet;
  ///   `ModelsRootGone` when another folder has come in its place, or nothing; what `check` throws.
  init(of library: Library, check: () throws -> Void = {}) throws {
    self.library = library
    guard library.isInPlace else { throw ModelsRootGone(path: library.root) }
    guard let root = Disk.status(library.root) else { return }
    isThere = true
    entered.insert([root.device, root.inode])
    var waiting = [""]
    while let folder = waiting.popLast() {
      try check()
      do {
        waiting += try enter(folder)
      } catch {
        guard !folder.isEmpty else { throw error }
        unreadable.append((folder, "\(error)"))
      }
    }
    // Its disk may have gone in the middle, and then most of it seemed to be empty.
    guard library.isInPlace else { throw ModelsRootGone(path: library.root) }
  }

  /// False for paths in folders that could not be read, and for all while there is no tree.
  func hasLooked(at path: String) -> Bool {
    isThere && !unreadable.contains { path.hasPrefix($0.path + "/") }
  }

  /// Takes the files of a folder and returns the folders in it.
  private mutating func enter(_ folder: String) throws(DiskError) -> [String] {
    var folders: [String] = []
    for name in try Disk.names(in: folder.isEmpty ? library.root : library.absolute(folder)) {
      let path = folder.isEmpty ? name : folder + "/" + name
      // Names that no loader could be given, or that hide from everybody.
      guard FileName.isSafe(name), Folder(path) != nil else { continue }
      let absolute = library.absolute(path)
      guard let status = Disk.status(absolute) else {
        if folder.isEmpty, Disk.isLink(absolute) {
          unreadable.append((path, "the link leads nowhere"))
        }
        continue
      }
      if status.isRegular {
        if status.size > 0, Library.isModel(name) {
          files.append(SeenFile(path: path, status: status))
        }
      } else if folder.isEmpty || !Disk.isLink(absolute),
        entered.insert([status.device, status.inode]).inserted
      {
        folders.append(path)
      }
    }
    return folders
  }
}
