import Foundation
import GRDB

/// The engine's database. Writes wait on a queue of their own; reads are short and run in place.
///
/// Every committed transaction is on the disk when its call returns: a task that was answered to
/// a client must outlive a power cut.
struct Store: Sendable {
  let pool: DatabasePool
  let pages = TaskPages()

  init(path: String) throws {
    pool = try DatabasePool(path: path)
    // GRDB sets NORMAL in WAL mode, which may lose the last transactions in a power cut.
    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    try Self.migrator.migrate(pool)
    pool.add(transactionObserver: TaskChanges(pages), extent: .databaseLifetime)
  }

  /// Runs one transaction. It is not cut short when the calling task is cancelled.
  func write<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await Disk.run { try pool.write(work) }
  }
}
