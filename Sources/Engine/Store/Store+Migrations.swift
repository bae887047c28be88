import GRDB

extension Store {
  /// The schema, one step after another. A step that was released is never edited.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("tasks and assets") { database in
      try createTasks(database)
      try createAssets(database)
    }
    migrator.registerMigration("media types and chosen names") { database in
      try database.alter(table: "assets") { $0.add(column: "mimeType", .text) }
      try database.alter(table: "tasks") { $0.add(column: "chosenName", .text) }
    }
    migrator.registerMigration("queue order, traces and settings") { database in
      try database.alter(table: "tasks") { table in
        table.add(column: "position", .integer).notNull().defaults(to: 0)
        table.add(column: "isPaused", .boolean).notNull().defaults(to: false)
      }
      try database.execute(sql: "UPDATE tasks SET position = sequence")
      try database.create(index: "tasksByPosition", on: "tasks", columns: ["position"])
      try database.create(table: "traces") { table in
        table.primaryKey("taskID", .text).references("tasks", column: "id", onDelete: .cascade)
        table.column("trace", .text).notNull()
      }
      try database.create(table: "settings") { table in
        table.primaryKey("name", .text)
        table.column("value")
      }
      try database.alter(table: "assets") { table in
        table.add(column: "checkedAt", .double)
        table.add(column: "isIntact", .boolean)
      }
    }
    migrator.registerMigration("received ranges") { database in
      try database.create(table: "ranges") { table in
        table.primaryKey("taskID", .text).references("tasks", column: "id", onDelete: .cascade)
        table.column("written", .text).notNull()
        table.column("synced", .text).notNull()
        table.column("boot", .text)
      }
      try database.execute(
        sql: """
          INSERT INTO ranges (taskID, written, synced)
          SELECT id, '0-' || checkpoint, '0-' || checkpoint FROM tasks
          WHERE checkpoint > 0 AND status <> 'completed'
          """)
    }
    migrator.registerMigration("what a check found") { database in
      try database.alter(table: "assets") { $0.add(column: "checkState", .text) }
    }
    migrator.registerMigration("places in their senders' queues") { database in
      try database.alter(table: "tasks") { table in
        table.add(column: "queueOwner", .text)
        table.add(column: "queuePlace", .integer)
      }
      try database.create(
        index: "activeTasksByPlace", on: "tasks", columns: ["queueOwner", "queuePlace"],
        condition: ["created", "running"].contains(Column("status")))
    }
    migrator.registerMigration("files that others put into the models tree") { database in
      try createFiles(database)
    }
    migrator.registerMigration("limits of tasks") { database in
      try database.alter(table: "tasks") { $0.add(column: "speedLimit", .integer) }
    }
    migrator.registerMigration("tasks that were moved") { database in
      try database.alter(table: "tasks") {
        $0.add(column: "isMoved", .boolean).notNull().defaults(to: false)
      }
    }
    migrator.registerMigration("repairs of assets") { database in
      try database.alter(table: "tasks") { $0.add(column: "repairs", .text) }
    }
    migrator.registerMigration("files in places besides the models root") { database in
      try createFiles(database, named: "placedFiles")
    }
    migrator.registerMigration("expected hashes") { database in
      try database.alter(table: "tasks") { $0.add(column: "expectedHash", .text) }
    }
    return migrator
  }

  private static func createFiles(_ database: Database, named name: String = "files") throws {
    try database.create(table: name) { table in
      table.primaryKey("path", .text)
      table.column("size", .integer).notNull().indexed()
      table.column("modificationTime", .integer).notNull()
      table.column("device", .integer).notNull()
      table.column("inode", .integer).notNull()
      table.column("sha256", .text).indexed()
      table.column("blake3", .text)
    }
  }

  private static func createTasks(_ database: Database) throws {
    try database.create(table: "tasks") { table in
      table.autoIncrementedPrimaryKey("sequence")
      table.column("id", .text).notNull().unique()
      table.column("url", .text).notNull()
      table.column("tags", .text).notNull()
      table.column("userMetadata", .text).notNull()
      table.column("previewID", .text)
      table.column("folder", .text)
      table.column("name", .text).notNull()
      table.column("status", .text).notNull().indexed()
      table.column("attempt", .integer).notNull()
      table.column("identity", .text)
      table.column("size", .integer)
      table.column("published", .text)
      table.column("metadata", .text).notNull()
      table.column("checkpoint", .integer).notNull().check { $0 >= 0 }
      table.column("placement", .text)
      table.column("note", .text)
      table.column("errorCode", .text)
      table.column("errorMessage", .text)
      table.column("errorHint", .text)
      table.column("result", .text)
      table.column("createdAt", .double).notNull()
      table.column("updatedAt", .double).notNull()
      table.column("startedAt", .double)
      table.column("completedAt", .double)
    }
    // Two transfers of one URL would fetch its bytes twice.
    try database.create(
      index: "oneActiveTaskPerURL", on: "tasks", columns: ["url"], options: .unique,
      condition: ["created", "running"].contains(Column("status")))
  }

  private static func createAssets(_ database: Database) throws {
    try database.create(table: "assets") { table in
      table.autoIncrementedPrimaryKey("sequence")
      table.column("id", .text).notNull().unique()
      table.column("name", .text).notNull()
      table.column("folder", .text).notNull()
      table.column("path", .text).notNull().unique()
      table.column("blake3", .text).notNull().indexed()
      table.column("sha256", .text).notNull().indexed()
      table.column("size", .integer).notNull()
      table.column("modificationTime", .integer).notNull()
      table.column("verified", .boolean).notNull()
      table.column("sourceURL", .text).notNull()
      table.column("identity", .text).indexed()
      table.column("tags", .text).notNull()
      table.column("metadata", .text).notNull()
      table.column("userMetadata", .text).notNull()
      table.column("previewID", .text)
      table.column("createdAt", .double).notNull()
      table.column("updatedAt", .double).notNull()
    }
  }
}
