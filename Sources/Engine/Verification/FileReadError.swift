import Foundation

/// A file could not be opened or read. `code` tells a missing file (`ENOENT`) and missing
/// permission (`EACCES`) from a failing disk (`EIO`); trying again helps with none of them.
public struct FileReadError: Error, Sendable, Equatable {
  public let path: String
  /// The value of `errno`.
  public let code: Int32

  /// The error of the system call just made.
  static func last(path: String) -> FileReadError {
    FileReadError(path: path, code: errno)
  }
}

extension FileReadError: CustomStringConvertible {
  public var description: String { "cannot read \(path): \(String(cString: strerror(code)))" }
}
