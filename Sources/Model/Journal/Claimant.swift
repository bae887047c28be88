import Foundation

/// A program's mark on the rows it is sending: good for as long as the program lives.
///
/// It is a lock on one byte of a file beside the journal. The kernel drops the lock when the program
/// ends, however it ends, so a killed program's claims are void at once. It is one of the open file
/// (`F_OFD_SETLK`, fcntl(2)), not of the process, so that two journals in one process differ.
final class Claimant: Sendable {
  /// Random, so that nobody has to hand out numbers; also the place of the byte.
  let number = Int64.random(in: 1..<1 << 62)
  private let descriptor: Int32

  /// - Parameter path: the file with the locks; nil for a journal that no other program can open,
  ///   where claims end by time alone.
  init(path: String?) {
    guard let path else {
      descriptor = -1
      return
    }
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    var lock = Self.lock(number)
    // Without the lock other programs take this one's claims for void, look for its tasks before
    // they send, and so do no harm.
    _ = withUnsafeMutablePointer(to: &lock) { fcntl(descriptor, Self.setLock, $0) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Whether the program with this number is still there, as far as can be known.
  func isAlive(_ other: Int64) -> Bool {
    guard descriptor >= 0, other != number else { return true }
    var lock = Self.lock(other)
    let status = withUnsafeMutablePointer(to: &lock) { fcntl(descriptor, Self.getLock, $0) }
    return status != 0 || lock.l_type != Int16(F_UNLCK)
  }

  private static func lock(_ number: Int64) -> flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(number)
    lock.l_len = 1
    return lock
  }

  #if os(Linux)
    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37
  #else
    private static let getLock = F_OFD_GETLK
    private static let setLock = F_OFD_SETLK
  #endif
}
