import Downloads
import Foundation
import GRDB

/// Which bytes of unfinished files are there.
extension Store {
  /// The bytes of a task's partial file; none for a task that has not received any.
  func ranges(of taskID: String) throws -> TransferRanges? {
    let row = try pool.read { database in
      try Row.fetchOne(
        database, sql: "SELECT written, synced, boot FROM ranges WHERE taskID = ?",
        arguments: [taskID])
    }
    guard let row else { return nil }
    let read = { (name: String) in ByteRanges(text: row[name] ?? "") ?? ByteRanges() }
    return TransferRanges(written: read("written"), synced: read("synced"), boot: row["boot"])
  }

  /// Records which bytes are there.
  ///
  /// It is not synced itself: after a power cut the database may have an older map, which is as true as
  /// the newer one.
  ///
  /// - Parameter countsForTask: whether the task's own count is changed as well; everybody who lists
  ///   tasks then has to be told anew.
  func keep(
    _ ranges: TransferRanges, of taskID: String, countsForTask: Bool, now: Date
  ) async throws {
    try await Disk.run { [pool] in
      try pool.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA synchronous = NORMAL")
        defer { try? database.execute(sql: "PRAGMA synchronous = FULL") }
        try database.inTransaction {
          try Self.keep(ranges, taskID, database)
          if countsForTask { try Self.count(ranges, taskID, now, database) }
          return .commit
        }
      }
    }
  }

  private static func keep(
    _ ranges: TransferRanges, _ taskID: String, _ database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO ranges (taskID, written, synced, boot) SELECT ?, ?, ?, ?
        WHERE EXISTS (SELECT 1 FROM tasks WHERE id = ?)
        ON CONFLICT (taskID) DO UPDATE SET
          written = excluded.written, synced = excluded.synced, boot = excluded.boot
        """,
      arguments: [taskID, ranges.written.text, ranges.synced.text, ranges.boot, taskID])
  }

  private static func count(
    _ ranges: TransferRanges, _ taskID: String, _ now: Date, _ database: Database
  ) throws {
    _ = try TaskRecord.filter(TaskRecord.Columns.id == taskID)
      .updateAll(
        database, TaskRecord.Columns.checkpoint.set(to: ranges.written.count),
        TaskRecord.Columns.updatedAt.set(to: now.timeIntervalSince1970))
  }

  /// Forgets the bytes of a task, which are of no use any more; the disk knows before this returns.
  func dropBytes(
    of taskID: String, now: Date,
    _ change: @escaping @Sendable (inout TaskRecord) -> Void = { _ in }
  ) async throws {
    try await write { database in
      try Self.forgetRanges(of: taskID, database)
      guard var task = try Self.task(taskID, database) else { return }
      task.checkpoint = 0
      change(&task)
      task.updatedAt = now
      try task.update(database)
    }
  }

  /// Makes the bytes of a task another one's, and has both say so.
  func moveBytes(from giver: TaskRecord, to taker: String, now: Date) async throws {
    let bytes = ByteCount.text(giver.checkpoint)
    try await write { database in
      guard var giver = try Self.task(giver.id, database), giver.checkpoint > 0,
        var taker = try Self.task(taker, database)
      else { return }
      try Self.forgetRanges(of: taker.id, database)
      try database.execute(
        sql: "UPDATE ranges SET taskID = ? WHERE taskID = ?", arguments: [taker.id, giver.id])
      taker.checkpoint = giver.checkpoint
      giver.checkpoint = 0
      taker.note = "Took over \(bytes) that another download has received of the same content."
      giver.note = "Its \(bytes) went on to another download of the same content."
      for var task in [giver, taker] {
        task.updatedAt = now
        try task.update(database)
      }
    }
  }

  static func forgetRanges(of taskID: String, _ database: Database) throws {
    try database.execute(sql: "DELETE FROM ranges WHERE taskID = ?", arguments: [taskID])
  }
}
