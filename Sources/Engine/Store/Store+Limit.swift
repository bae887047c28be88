import Downloads
import Foundation
import GRDB

extension Store {
  private static let limitName = "bytes_per_second"
  private static let timeName = "bytes_per_second_set_at"

  /// The limit that a client has set last, for all transfers together; nil where none ever has.
  func limit() throws -> ManualLimit? {
    try pool.read { database in
      let row = try Row.fetchOne(
        database, sql: "SELECT value FROM settings WHERE name = ?", arguments: [Self.limitName])
      guard let row else { return nil }
      // A limit from before times were kept is older than any schedule.
      let time =
        try Double.fetchOne(
          database, sql: "SELECT value FROM settings WHERE name = ?", arguments: [Self.timeName])
        ?? 0
      return ManualLimit(bytesPerSecond: row[0], setAt: Date(timeIntervalSince1970: time))
    }
  }

  func setLimit(_ limit: ManualLimit) async throws {
    try await write { database in
      let sql = "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)"
      try database.execute(sql: sql, arguments: [Self.limitName, limit.bytesPerSecond])
      try database.execute(
        sql: sql, arguments: [Self.timeName, limit.setAt.timeIntervalSince1970])
    }
  }
}
