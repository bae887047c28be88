import Downloads
import Foundation

/// One walk through a folder of models. It reads names and dates, never content.
///
/// Folders that begin with a dot are passed by, the engine's own among them, and so are those that hold
/// no models. Links lead to files anywhere; to folders only directly below the root, because that is
/// how people put `checkpoints` on another disk.
struct ModelWalk: Sendable {
  /// Models, with paths below the root.
  private(set) var files: [(path: String, status: Disk.FileStatus)] = []
  /// Folders below the root that could not be read, and why. What was known of them still holds.
  private(set) var unreadable: [(path: String, cause: String)] = []
  /// False where there is no root.
  private(set) var isThere = false

  private let root: String
  private let folder: Folder?
  /// Folders that were entered, so that a link back up the tree ends there.
  private var entered: Set<[UInt64]> = []

  /// Blocks until all was walked through.
  ///
  /// - Parameters:
  ///   - folder: what loaders call all that is below the root; nil where its folders say that.
  ///   - check: called for each folder; may throw to end the walk.
  /// - Throws: `DiskError` when the root itself cannot be read, unless there is none; what `check` throws.
  init(of root: String, as folder: Folder? = nil, check: () throws -> Void = {}) throws {
    self.root = root
    self.folder = folder
    guard let status = Disk.status(root) else { return }
    isThere = true
    entered.insert([status.device, status.inode])
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
  }

  /// False for paths in folders that could not be read, and for all while there is no root.
  func hasLooked(at path: String) -> Bool {
    isThere && !unreadable.contains { path.hasPrefix($0.path + "/") }
  }

  /// Takes the files of a folder and returns the folders in it.
  private mutating func enter(_ folder: String) throws(DiskError) -> [String] {
    var folders: [String] = []
    let names = Set(try Disk.names(in: folder.isEmpty ? root : root + "/" + folder))
    for name in names {
      let path = folder.isEmpty ? name : folder + "/" + name
      // Names that no loader could be given, or that hide from everybody.
      guard FileName.isSafe(name), isFolder(path) else { continue }
      let absolute = root + "/" + path
      guard let status = Disk.status(absolute) else {
        if folder.isEmpty, Disk.isLink(absolute) {
          unreadable.append((path, "the link leads nowhere"))
        }
        continue
      }
      if status.isRegular {
        // What aria2 keeps a map of is not all there, though it has its size and its name.
        if status.size > 0, Library.isModel(name), !names.contains(name + ".aria2") {
          files.append((path, status))
        }
      } else if folder.isEmpty || !Disk.isLink(absolute),
        entered.insert([status.device, status.inode]).inserted
      {
        folders.append(path)
      }
    }
    return folders
  }

  private func isFolder(_ path: String) -> Bool {
    Folder(folder.map { $0.name + "/" + path } ?? path) != nil
  }
}
