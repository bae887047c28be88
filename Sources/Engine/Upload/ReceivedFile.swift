import Foundation

/// The file that takes the bytes of an upload, and their hashes so far.
///
/// Bytes are only ever added at the end. Its calls block on the disk, on a queue of its own.
actor ReceivedFile {
  nonisolated let path: String
  private nonisolated let executor = DiskExecutor(label: "winch.engine.upload")
  private var descriptor: Int32 = -1
  private var digest = ContentDigest()

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(path: String) { self.path = path }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Bytes in the file.
  var position: Int64 { digest.byteCount }

  /// The hashes of all bytes in the file.
  var hashes: ContentHashes { digest.values() }

  /// Makes the file, and its folder where missing.
  func create() throws(DiskError) {
    try Disk.makeDirectory(Disk.parent(of: path))
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw DiskError.last("create", path) }
  }

  /// Tells other engines on the same models that the file is in use, as long as this one lives. Some
  /// filesystems have no such locks; there nobody removes the file of another.
  func claim() { _ = flock(descriptor, LOCK_EX | LOCK_NB) }

  /// Adds bytes at the end and returns the new length.
  func append(_ bytes: ArraySlice<UInt8>) throws(DiskError) -> Int64 {
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let count = bytes[start...].withUnsafeBytes { piece in
        let count = pwrite(descriptor, piece.baseAddress, piece.count, off_t(digest.byteCount))
        if count > 0 { digest.update(UnsafeRawBufferPointer(rebasing: piece[..<count])) }
        return count
      }
      if count >= 0 {
        start += count
      } else if errno != EINTR {
        throw .last("write", path)
      }
    }
    return digest.byteCount
  }

  /// Brings every byte onto the disk.
  func sync() throws(DiskError) { try Disk.sync(descriptor, path) }
}
