import GRDB

/// A row of the engine's database. Times are seconds since 1970, which SQLite can compare.
protocol StoredRecord: FetchableRecord, MutablePersistableRecord {}

extension StoredRecord {
  static func databaseDateEncodingStrategy(for column: String) -> DatabaseDateEncodingStrategy {
    .timeIntervalSince1970
  }

  static func databaseDateDecodingStrategy(for column: String) -> DatabaseDateDecodingStrategy {
    .timeIntervalSince1970
  }
}
