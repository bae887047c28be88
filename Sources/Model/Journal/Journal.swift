import Downloads
import Foundation
import GRDB

/// The client's durable memory: every URL ever queued, and the unfinished text of the input pane.
///
/// A row is on disk before its request is sent. Several programs may use one journal at a time;
/// `claim` keeps two of them from sending the same row.
public struct Journal: Sendable {
  let database: DatabaseQueue
  /// Who claims rows through this value.
  let claimant: Claimant

  /// Opens or makes the journal at a path; missing folders are made, readable by the user alone.
  public init(path: String) throws(DownloadFailure) {
    do {
      let folder = URL(filePath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      database = try DatabaseQueue(path: path, configuration: Self.configuration)
      chmod(path, 0o600)
      try Self.migrator.migrate(database)
      claimant = Claimant(path: path + ".claims")
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      throw OwnDatabase.journal.unusable(
        at: path, isDamaged: error.resultCode == .SQLITE_CORRUPT)
    } catch {
      throw OwnDatabase.journal.unopenable(at: path, reason: nil)
    }
  }

  /// Makes a journal in memory, for tests.
  public init() throws {
    database = try DatabaseQueue(configuration: Self.configuration)
    claimant = Claimant(path: nil)
    try Self.migrator.migrate(database)
  }

  /// All downloads of a backend, oldest first.
  public func downloads(of backend: String) throws -> [Download] {
    try database.read { db in
      // Those of one paste have one time, and were written in its order.
      let kept = JournalRecord.filter(Column("backend") == backend)
      var downloads: [Download] = []
      // Growing by itself, the list would for a moment take three times its memory.
      downloads.reserveCapacity(try kept.fetchCount(db))
      let records = try kept.order(Column("createdAt"), Column.rowID).fetchCursor(db)
      var tagLists = TagLists()
      // One at a time: thousands of records beside as many downloads would fill the memory.
      while let record = try records.next() {
        if let download = record.download(&tagLists) { downloads.append(download) }
      }
      return downloads
    }
  }

  /// A download as it stands in the journal now; nil when it is not there.
  public func download(_ id: UUID) throws -> Download? {
    try database.read { db in
      var tagLists = TagLists()
      return try JournalRecord.fetchOne(db, key: id.uuidString)?.download(&tagLists)
    }
  }

  /// Writes new downloads in one transaction: all of a paste, or none of it.
  ///
  /// - Parameter removed: a download that the new ones stand for.
  public func insert(_ downloads: [Download], removing removed: UUID? = nil) throws {
    try database.write { db in
      if let removed { try JournalRecord.deleteOne(db, key: removed.uuidString) }
      for download in downloads { try JournalRecord(download).insert(db) }
    }
  }

  /// Removes downloads in one transaction.
  public func remove(_ ids: [UUID]) throws {
    _ = try database.write { db in
      try JournalRecord.deleteAll(db, keys: ids.map(\.uuidString))
    }
  }

  /// Writes what is known of a download now.
  ///
  /// - Parameter isRecoverable: the backend tells it again after a power loss, so the disk need not
  ///   be waited for.
  public func update(_ download: Download, isRecoverable: Bool = false) throws {
    let record = try JournalRecord(download)
    try database.writeWithoutTransaction { db in
      if isRecoverable { try db.execute(sql: "PRAGMA synchronous = NORMAL") }
      defer { if isRecoverable { try? db.execute(sql: "PRAGMA synchronous = FULL") } }
      try record.update(db)
    }
  }

  /// A number that changes whenever another program has changed the journal.
  public func foreignChanges() throws -> Int {
    try database.read { db in try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }
  }

  /// The text kept under a name, such as the input pane's draft.
  public func note(_ name: String) throws -> String? {
    try database.read { db in
      try String.fetchOne(db, sql: "SELECT text FROM note WHERE name = ?", arguments: [name])
    }
  }

  /// Keeps a text under a name.
  public func setNote(_ name: String, _ text: String) throws {
    try database.write { db in
      try db.execute(
        sql: "INSERT INTO note (name, text) VALUES (?, ?) "
          + "ON CONFLICT (name) DO UPDATE SET text = excluded.text",
        arguments: [name, text])
    }
  }

  /// Whose the order of the rows is, for a backend whose queue has those of several journals; the same
  /// for the journal's whole life.
  func queue() throws -> UUID? { try note(Self.queueNote).flatMap(UUID.init(uuidString:)) }

  private static let queueNote = "queue"

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.journalMode = .wal
    configuration.prepareDatabase { db in
      // A row must survive a power loss once its request may have been sent.
      try db.execute(sql: "PRAGMA synchronous = FULL")
    }
    return configuration
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("downloads and notes") { db in
      try db.create(table: "download") { table in
        table.primaryKey("id", .text)
        for name in ["backend", "url", "name", "tags", "userMetadata", "status"] {
          table.column(name, .text).notNull()
        }
        for name in [
          "folder", "previewID", "taskID", "hash", "sha256", "assetID", "path", "errorCode",
          "errorMessage", "errorHint",
        ] {
          table.column(name, .text)
        }
        table.column("attempt", .integer).notNull()
        table.column("bytesTotal", .integer)
        table.column("bytesDownloaded", .integer)
        table.column("verified", .boolean)
        table.column("createdAt", .double).notNull()
        table.column("startedAt", .double)
        table.column("completedAt", .double)
        table.column("claimedAt", .double)
      }
      try db.create(index: "downloadByBackend", on: "download", columns: ["backend", "createdAt"])
      try db.create(table: "note") { table in
        table.primaryKey("name", .text)
        table.column("text", .text).notNull()
      }
    }
    migrator.registerMigration("first attempts") { db in
      try db.alter(table: "download") { $0.add(column: "sentAt", .double) }
    }
    migrator.registerMigration("claimants") { db in
      try db.alter(table: "download") { $0.add(column: "claimant", .integer) }
    }
    migrator.registerMigration("the name of the queue") { db in
      try db.execute(
        sql: "INSERT INTO note (name, text) VALUES (?, ?)",
        arguments: [Self.queueNote, UUID().uuidString])
    }
    migrator.registerMigration("names for files") { db in
      try db.alter(table: "download") { $0.add(column: "fileName", .text) }
    }
    migrator.registerMigration("expected hashes") { db in
      try db.alter(table: "download") { $0.add(column: "expectedHash", .text) }
    }
    return migrator
  }
}
