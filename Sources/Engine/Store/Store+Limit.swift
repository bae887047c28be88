import GRDB

extension Store {
  private static let limitName = "bytes_per_second"

  /// The speed limit in bytes per second; nil for none.
  func limit() throws -> Int64? {
    try pool.read { database in
      try Int64.fetchOne(
        database, sql: "SELECT value FROM settings WHERE name = ?", arguments: [Self.limitName])
    }
  }

  func setLimit(_ limit: Int64?) async throws {
    try await write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)",
        arguments: [Self.limitName, limit])
    }
  }
}
