import ComfyAPI
import Foundation
import GRDB

/// What is remembered of a transfer when it does not run.
extension Store {
  func trace(_ taskID: String) throws -> TransferTrace? {
    try pool.read { try Self.trace(taskID, $0) }
  }

  func keep(_ trace: TransferTrace) async throws {
    try await write { try Self.keep(trace, $0) }
  }

  /// Changes a trace as it is now; a task without one gets one.
  func changeTrace(
    _ taskID: String, _ change: @escaping @Sendable (inout TransferTrace) -> Void
  ) async throws {
    try await write { database in
      var trace = try Self.trace(taskID, database) ?? TransferTrace(taskID: taskID)
      change(&trace)
      try Self.keep(trace, database)
    }
  }

  private static func trace(_ taskID: String, _ database: Database) throws -> TransferTrace? {
    let text = try String.fetchOne(
      database, sql: "SELECT trace FROM traces WHERE taskID = ?", arguments: [taskID])
    return text.flatMap { try? WireFormat.decode(TransferTrace.self, from: $0.utf8) }
  }

  private static func keep(_ trace: TransferTrace, _ database: Database) throws {
    var kept = trace
    kept.connections = []
    kept.finished = []
    try database.execute(
      sql: """
        INSERT INTO traces (taskID, trace) SELECT ?, ?
        WHERE EXISTS (SELECT 1 FROM tasks WHERE id = ?)
        ON CONFLICT (taskID) DO UPDATE SET trace = excluded.trace
        """,
      arguments: [kept.taskID, try WireFormat.encodeText(kept), kept.taskID])
  }
}
