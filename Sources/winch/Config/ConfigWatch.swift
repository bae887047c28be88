import Foundation

/// Tells that a file has become another one, by looking at it: on network drives, where homes often
/// stand, the system tells nothing of changes that other machines make.
struct ConfigWatch: Sendable {
  let path: String

  private static let interval = Duration.seconds(1)

  /// What a file that was not changed has in common with itself.
  private struct Mark: Equatable {
    var inode: UInt64 = 0
    var size: Int64 = 0
    var seconds = 0
    var nanoseconds = 0
  }

  /// Calls the body after each change, until the calling task is cancelled.
  func run(_ body: () async -> Void) async {
    var last = mark
    while !Task.isCancelled {
      try? await Task.sleep(for: Self.interval)
      let now = mark
      guard now != last, !Task.isCancelled else { continue }
      last = now
      await body()
    }
  }

  /// All zero where there is no file.
  private var mark: Mark {
    var status = stat()
    guard stat(path, &status) == 0 else { return Mark() }
    return Mark(
      inode: UInt64(status.st_ino), size: Int64(status.st_size),
      seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
  }
}
