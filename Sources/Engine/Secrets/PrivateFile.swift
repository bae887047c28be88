import Foundation

/// Files that only their owner may read.
public enum PrivateFile {
  /// Replaces the file in one step: there is never half a file, and never one that others can read.
  ///
  /// Missing folders are made with mode 0700.
  public static func write(_ data: Data, to path: String) throws(DiskError) {
    try Disk.makeDirectory(Disk.parent(of: path), mode: 0o700)
    // A name of its own, so that of two writers none gives the other's half a file its name.
    let beside = "\(path).\(UUID().uuidString)"
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .last("create", beside) }
    defer { close(descriptor) }
    do throws(DiskError) {
      let count = data.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard count == data.count, fsync(descriptor) == 0 else { throw .last("write", beside) }
      try Disk.rename(beside, to: path)
    } catch {
      unlink(beside)
      throw error
    }
    try Disk.syncDirectory(Disk.parent(of: path))
  }

  /// Removes the file; one that is not there is fine.
  public static func remove(_ path: String) throws(DiskError) { try Disk.remove(path) }
}
