import Downloads
import Foundation

/// The models tree: where files stand and how they get there. Every call may block on the disk.
struct Library: Sendable {
  private let base: ModelsRoot
  private let measure: @Sendable (String) -> Int64?

  /// - Parameter freeBytes: measures the room on the filesystem of a path.
  init(
    base: ModelsRoot, freeBytes: @escaping @Sendable (String) -> Int64? = { Disk.freeBytes($0) }
  ) {
    self.base = base
    measure = freeBytes
  }

  /// Absolute path without trailing slash.
  var root: String { base.path }

  /// Makes sure that the root is there and is the one that the engine began with, before something is
  /// written below it.
  ///
  /// - Throws: `ModelsRootGone`, `FolderInUse`, `DiskError`.
  func enter() throws { try base.enter() }

  /// False while what is under the root's path is not the folder that was there.
  var isInPlace: Bool { base.isInPlace }

  /// Folder for files whose folder nobody has told.
  static let unsortedFolder = "unsorted"

  /// Folder for uploads that are no models, such as pictures. It begins with a dot so that no loader
  /// and no listing of models takes it for one of theirs.
  static let uploadsFolder = ".uploads"

  /// Holds the partial files. It lies inside the root so that a finished file can be renamed into
  /// place, and begins with a dot so that ComfyUI's scanners pass it by.
  var workFolder: String { root + "/.winch" }

  func workPath(_ name: String) -> String { workFolder + "/" + name }

  func absolute(_ relativePath: String) -> String { root + "/" + relativePath }

  /// True when the asset's file is there and looks as it did when it was hashed.
  func holds(_ asset: AssetRecord) -> Bool { status(of: asset) != nil }

  /// The file of an asset; nil when it is gone or no longer looks as it did when it was hashed.
  func status(of asset: AssetRecord) -> Disk.FileStatus? {
    guard let status = Disk.status(absolute(asset.path)), status.isRegular,
      status.size == asset.size, status.modificationTime == asset.modificationTime
    else { return nil }
    return status
  }

  var freeBytes: Int64? { measure(root) }

  /// Bytes that the models' filesystem could hold if it were empty.
  var capacity: Int64? { Disk.capacity(root) }
}
