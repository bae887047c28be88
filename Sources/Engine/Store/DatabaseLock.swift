import Foundation

/// The right to be the only engine on a database, held until the value goes.
///
/// The lock is the kernel's (`flock`), so a killed engine never leaves a stale one behind.
final class DatabaseLock: Sendable {
  private let descriptor: Int32

  init(databasePath: String) throws(EngineError) {
    let path = databasePath + ".lock"
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
  }

  deinit { close(descriptor) }
}
