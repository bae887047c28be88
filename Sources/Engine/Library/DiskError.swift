import Downloads
import Foundation

/// A call to the filesystem that failed.
public struct DiskError: Error, Sendable, Equatable {
  /// What was tried: `open`, `write`, `rename`…
  let operation: String
  let path: String
  /// The value of `errno`.
  let code: Int32

  init(_ operation: String, _ path: String, _ code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// The error of the system call just made.
  static func last(_ operation: String, _ path: String) -> DiskError {
    DiskError(operation, path, errno)
  }
}

extension DiskError {
  /// Whether there was no room, on the disk or in a quota.
  var isFull: Bool { code == ENOSPC || code == EDQUOT }

  /// The failure in words for people, with what they can do.
  var failure: DownloadFailure {
    switch code {
    case ENOSPC, EDQUOT:
      DownloadFailure(
        code: "DISK_FULL", message: "The disk is full: \(path) cannot grow.",
        hint: "Free some space, then retry: the received bytes are kept.")
    case EACCES, EPERM, EROFS, ENOTDIR, EISDIR, ELOOP:
      DownloadFailure(
        code: "CANNOT_WRITE", message: "Cannot \(operation) \(path): \(reason).",
        hint: "Make the models folder writable or choose another with --models, then retry.")
    default:
      DownloadFailure(
        code: "CANNOT_WRITE", message: "Cannot \(operation) \(path): \(reason).",
        hint: "Check the disk, then retry.")
    }
  }

  private var reason: String { String(cString: strerror(code)).lowercased() }
}

extension DiskError: CustomStringConvertible {
  public var description: String { "cannot \(operation) \(path): \(reason)" }
}
