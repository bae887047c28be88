import Downloads
import Foundation

/// One walk through the models tree.
struct LibraryScan: Sendable {
  /// Models, with paths below the root.
  let files: [SeenFile]

  private let walk: ModelWalk

  /// Blocks until the whole tree was walked through.
  ///
  /// - Parameter check: called for each folder; may throw to end the walk.
  /// - Throws: `DiskError` when the root itself cannot be read, unless there is none yet;
  ///   `ModelsRootGone` when another folder has come in its place, or nothing; what `check` throws.
  init(of library: Library, check: () throws -> Void = {}) throws {
    guard library.isInPlace else { throw ModelsRootGone(path: library.root) }
    walk = try ModelWalk(of: library.root, check: check)
    files = walk.files.map { SeenFile(path: $0.path, status: $0.status) }
    // Its disk may have gone in the middle, and then most of it seemed to be empty.
    guard !walk.isThere || library.isInPlace else { throw ModelsRootGone(path: library.root) }
  }

  /// Folders below the root that could not be read, and why. What was known of them still holds.
  var unreadable: [(path: String, cause: String)] { walk.unreadable }

  /// False for paths in folders that could not be read, and for all while there is no tree.
  func hasLooked(at path: String) -> Bool { walk.hasLooked(at: path) }
}
