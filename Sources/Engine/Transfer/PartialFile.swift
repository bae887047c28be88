import Foundation

/// The file that takes a transfer's or an upload's bytes, and their hashes so far.
///
/// Bytes are only ever added at the end. Its calls block on the disk, on a queue of its own.
actor PartialFile {
  nonisolated let path: String
  private nonisolated let executor = DiskExecutor(label: "winch.engine.partial")
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

  /// Opens the file, making it and its folder where missing, and hashes the bytes to keep. What
  /// lies behind the checkpoint is cut off: after a power cut it may not be what was received.
  ///
  /// - Returns: bytes kept; fewer than the checkpoint when the file was cut from outside.
  /// - Throws: `DiskError`, `CancellationError`.
  func resume(at checkpoint: Int64) throws -> Int64 {
    try Disk.makeDirectory(Disk.parent(of: path))
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw DiskError.last("create", path) }
    let kept = min(checkpoint, Disk.status(path)?.size ?? 0)
    if ftruncate(descriptor, off_t(kept)) != 0 { throw DiskError.last("write", path) }
    try hashFront(kept)
    return kept
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

  /// Brings every byte onto the disk and returns how many there are.
  func sync() throws(DiskError) -> Int64 {
    #if canImport(Darwin)
      let outcome = fsync(descriptor)
    #else
      let outcome = fdatasync(descriptor)
    #endif
    if outcome != 0 { throw .last("write", path) }
    return digest.byteCount
  }

  private func hashFront(_ length: Int64) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    while digest.byteCount < length {
      try Task.checkCancellation()
      let wanted = Int(min(Int64(buffer.count), length - digest.byteCount))
      let count = pread(descriptor, buffer.baseAddress, wanted, off_t(digest.byteCount))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw DiskError("read", path, count < 0 ? errno : EIO) }
      digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}
