import Foundation

/// The right to be the only engine on a database, held until the value goes.
///
/// The lock is the kernel's (`flock`), so a killed engine never leaves a stale one behind.
final class DatabaseLock: Sendable {
  private let descriptor: Int32

  init(databasePath: String) throws(EngineError) {
    let path = Self.path(of: databasePath)
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw EngineError.internalError(DiskError.last("open", path))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw EngineError(
        .unavailable, code: "ENGINE_ALREADY_RUNNING",
        message: "Another engine is using \(databasePath).",
        hint: "Stop it with 'winch stop', or choose another data folder.")
    }
    self.descriptor = descriptor
    tellHolder()
  }

  /// Writes who holds it, for people: no portable call tells whose a lock is.
  private func tellHolder() {
    let text = Array("\(getpid())\n".utf8)
    guard ftruncate(descriptor, 0) == 0 else { return }
    _ = pwrite(descriptor, text, text.count, 0)
  }

  deinit { close(descriptor) }

  /// Whether an engine has the database. It is asked by taking the lock for a moment, so ask only
  /// where no engine is about to begin.
  static func isHeld(databasePath: String) -> Bool {
    let descriptor = open(path(of: databasePath), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// The process that has the database; nil where none has, or it has not said who it is.
  static func holder(databasePath: String) -> Int32? {
    guard isHeld(databasePath: databasePath),
      let text = try? String(contentsOfFile: path(of: databasePath), encoding: .utf8)
    else { return nil }
    return Int32(text.prefix { !$0.isNewline })
  }

  private static func path(of databasePath: String) -> String { databasePath + ".lock" }
}
