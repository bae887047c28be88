import Foundation

/// Files that only their owner may read.
enum PrivateFile {
  /// Replaces the file in one step: there is never half a file, and never one that others can read.
  ///
  /// - Throws: `DiskError`.
  static func write(_ data: Data, to path: String) throws(DiskError) {
    try Disk.makeDirectory(Disk.parent(of: path), mode: 0o700)
    let beside = path + ".new"
    try Disk.remove(beside)
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .last("create", beside) }
    defer { close(descriptor) }
    let count = data.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    guard count == data.count, fsync(descriptor) == 0 else { throw .last("write", beside) }
    try Disk.rename(beside, to: path)
    try Disk.syncDirectory(Disk.parent(of: path))
  }
}
