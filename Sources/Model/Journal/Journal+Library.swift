import GRDB

extension Journal {
  /// Of the SQLite that is linked, such as `3.40.1`.
  public static var sqliteVersion: String {
    let version = try? DatabaseQueue().read {
      try String.fetchOne($0, sql: "SELECT sqlite_version()")
    }
    return version.flatMap(\.self) ?? "of unknown version"
  }
}
