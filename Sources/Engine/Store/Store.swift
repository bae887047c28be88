import Downloads
import Foundation
import GRDB

/// The engine's database. Writes wait on a queue of their own; reads are short and run in place.
///
/// Every committed transaction is on the disk when its call returns: a task that was answered to
/// a client must outlive a power cut.
struct Store: Sendable {
  let pool: DatabasePool
  let pages = TaskPages()

  /// Opens the database, making it when there is none.
  ///
  /// - Throws: an `EngineError` that says what to do where the file is the reason.
  init(path: String) throws {
    do {
      pool = try DatabasePool(path: path)
      // GRDB sets NORMAL in WAL mode, which may lose the last transactions in a power cut.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      try Self.migrator.migrate(pool)
    } catch let error as DatabaseError {
      throw EngineError(.internalError, Self.failure(error, path))
    }
    pool.add(transactionObserver: TaskChanges(pages), extent: .databaseLifetime)
  }

  private static func failure(_ error: DatabaseError, _ path: String) -> DownloadFailure {
    switch error.resultCode {
    case .SQLITE_NOTADB: OwnDatabase.engine.unusable(at: path, isDamaged: false)
    case .SQLITE_CORRUPT: OwnDatabase.engine.unusable(at: path, isDamaged: true)
    default: OwnDatabase.engine.unopenable(at: path, reason: error.message)
    }
  }

  /// Runs one transaction. It is not cut short when the calling task is cancelled.
  func write<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await Disk.run { try pool.write(work) }
  }
}
