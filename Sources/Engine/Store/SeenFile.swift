import Foundation
import GRDB

/// A row of `files`: a model in the tree that somebody else put there. A path for which the engine
/// has a record of its own has no row.
struct SeenFile: Codable, Sendable, Equatable {
  /// Path below the models root; unique.
  var path: String
  /// In bytes.
  var size: Int64
  /// Nanoseconds since 1970. With the size it tells whether the file is still the one that was
  /// hashed.
  var modificationTime: Int64
  /// With the inode: equal for names of one file. It may change with every start of the machine.
  var device: Int64
  var inode: Int64
  /// 64 hex digits, as the other; both are nil until the file was read.
  var sha256: String?
  var blake3: String?

  init(path: String, status: Disk.FileStatus) {
    self.path = path
    size = status.size
    modificationTime = status.modificationTime
    device = Int64(bitPattern: status.device)
    inode = Int64(bitPattern: status.inode)
  }
}

extension SeenFile {
  var hashes: ContentHashes? {
    get {
      guard let sha256, let blake3 else { return nil }
      return ContentHashes(sha256: sha256, blake3: blake3)
    }
    set {
      sha256 = newValue?.sha256
      blake3 = newValue?.blake3
    }
  }

  /// What tells files apart, whatever their names are.
  struct Identity: Hashable {
    let device: Int64
    let inode: Int64
    let size: Int64
    let modificationTime: Int64
  }

  var identity: Identity {
    Identity(device: device, inode: inode, size: size, modificationTime: modificationTime)
  }

  func looks(as other: SeenFile) -> Bool {
    size == other.size && modificationTime == other.modificationTime
  }

  func looks(as asset: AssetRecord) -> Bool {
    size == asset.size && modificationTime == asset.modificationTime
  }

  /// True while the file looks as it did when it was seen.
  func isThere(in library: Library) -> Bool { isThere(at: library.absolute(path)) }

  /// - Parameter place: its absolute path.
  func isThere(at place: String) -> Bool {
    guard let status = Disk.status(place), status.isRegular else { return false }
    return looks(as: SeenFile(path: path, status: status))
  }

  /// Reads the file; nil when it changed before the end, or has since it was seen.
  ///
  /// - Parameter progress: called after each read with the bytes hashed so far; may throw to end it.
  func readHashes(
    in library: Library, progress: (Int64) throws -> Void
  ) throws -> ContentHashes? {
    try readHashes(at: library.absolute(path), progress: progress)
  }

  /// - Parameter place: its absolute path.
  func readHashes(
    at place: String, progress: (Int64) throws -> Void
  ) throws -> ContentHashes? {
    guard isThere(at: place) else { return nil }
    let hashes = try ContentHashes.ofFile(at: place, progress: progress)
    return isThere(at: place) ? hashes : nil
  }
}

extension SeenFile: StoredRecord {
  static let databaseTableName = "files"

  enum Columns {
    static let path = Column(CodingKeys.path)
    static let size = Column(CodingKeys.size)
    static let sha256 = Column(CodingKeys.sha256)
  }
}
