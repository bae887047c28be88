import CPlatform
import Foundation

/// The file that takes a transfer's bytes, each at its place, until it has its name.
///
/// Its calls block on the disk; any thread may make them at any time.
final class PartialFile: Sendable {
  let path: String
  private let descriptor: Int32

  /// Opens the file, making it and its folder where missing. Its bytes stay.
  init(path: String) throws(DiskError) {
    self.path = path
    try Disk.makeDirectory(Disk.parent(of: path))
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw DiskError.last("create", path) }
  }

  deinit { close(descriptor) }

  /// The length in bytes, holes included.
  func length() throws(DiskError) -> Int64 {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last("read", path) }
    return Int64(status.st_size)
  }

  /// Bytes of the disk that the file has taken; more than its length when room was reserved.
  func allocated() throws(DiskError) -> Int64 {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last("read", path) }
    // In units of 512 bytes, whatever the filesystem's own are (stat(2)).
    return Int64(status.st_blocks) * 512
  }

  /// Whether the file still has its name.
  var isInPlace: Bool {
    var ours = stat()
    var named = stat()
    guard fstat(descriptor, &ours) == 0, stat(path, &named) == 0 else { return false }
    return ours.st_dev == named.st_dev && ours.st_ino == named.st_ino
  }

  /// Cuts off what lies behind a length.
  func truncate(to length: Int64) throws(DiskError) {
    if ftruncate(descriptor, off_t(length)) != 0 { throw .last("write", path) }
  }

  /// Takes the room for the whole file now, so that it cannot run out in the middle and the file is not
  /// scattered over the disk. The length stays that of the bytes that were written. Where the
  /// filesystem cannot do it nothing happens: emulating it would write the file twice.
  ///
  /// - Throws: `DiskError` with `ENOSPC` or `EDQUOT` when there is no room.
  func reserve(_ size: Int64) throws(DiskError) {
    guard size > 0 else { return }
    let code = winch_reserve(descriptor, size)
    if code == ENOSPC || code == EDQUOT { throw DiskError("write", path, code) }
  }

  /// Writes all of the bytes at a place.
  func write(_ bytes: UnsafeRawBufferPointer, at position: Int64) throws(DiskError) {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(position + Int64(done)))
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        throw .last("write", path)
      }
    }
  }

  /// Fills the buffer with the bytes at a place.
  ///
  /// - Throws: `DiskError`; with `EIO` when the file ends before the buffer is full, because somebody
  ///   has cut it.
  func read(_ buffer: UnsafeMutableRawBufferPointer, at position: Int64) throws(DiskError) {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(position + Int64(done)))
      if count > 0 {
        done += count
      } else if count == 0 || errno != EINTR {
        throw DiskError("read", path, count == 0 ? EIO : errno)
      }
    }
  }

  /// Brings every byte onto the disk.
  func sync() throws(DiskError) { try Disk.sync(descriptor, path) }
}
