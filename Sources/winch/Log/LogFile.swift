import Foundation
import Synchronization

/// A log on disk that several programs write to. One that is large gets another name, of which a few
/// are kept.
final class LogFile: Sendable {
  let path: String
  private let largestSize: Int64
  private let descriptor: Mutex<Int32>

  /// Files that are kept besides the one that is written: `log.1` is the newest of them.
  static let kept = 3
  /// Bytes after which another file is begun.
  static let usualSize: Int64 = 4 << 20

  /// Makes the folder, which only the user may enter, where it is missing. What cannot be written is
  /// left out: no program ends because of its log.
  init(path: String, largestSize: Int64 = usualSize) {
    self.path = path
    self.largestSize = largestSize
    try? FileManager.default.createDirectory(
      at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    descriptor = Mutex(Self.open(path))
  }

  deinit { descriptor.withLock { _ = close($0) } }

  /// Adds a line, which must hold no line break.
  func write(_ line: String) {
    descriptor.withLock { descriptor in
      // Another program may have begun another file.
      if !isCurrent(descriptor) { reopen(&descriptor) }
      if size(descriptor) >= largestSize {
        rotate(descriptor)
        reopen(&descriptor)
      }
      let bytes = Array((line + "\n").utf8)
      _ = Foundation.write(descriptor, bytes, bytes.count)
    }
  }

  private static func open(_ path: String) -> Int32 {
    Foundation.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
  }

  private func reopen(_ descriptor: inout Int32) {
    close(descriptor)
    descriptor = Self.open(path)
  }

  private func isCurrent(_ descriptor: Int32) -> Bool {
    var (open, named) = (stat(), stat())
    guard fstat(descriptor, &open) == 0, stat(path, &named) == 0 else { return false }
    return open.st_ino == named.st_ino && open.st_dev == named.st_dev
  }

  private func size(_ descriptor: Int32) -> Int64 {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
  }

  /// Of several programs that want to, one does it: the lock is on the file that is to be renamed.
  private func rotate(_ descriptor: Int32) {
    flock(descriptor, LOCK_EX)
    defer { flock(descriptor, LOCK_UN) }
    guard isCurrent(descriptor) else { return }
    for number in stride(from: Self.kept - 1, through: 1, by: -1) {
      rename("\(path).\(number)", "\(path).\(number + 1)")
    }
    rename(path, "\(path).1")
  }
}
