import ComfyAPI
import Foundation
import GRDB

extension Store {
  private static let active = [TaskStatus.created.rawValue, TaskStatus.running.rawValue]

  func task(_ id: String) throws -> TaskRecord? {
    try pool.read { try Self.task(id, $0) }
  }

  /// The task that is under way for a canonical URL.
  func activeTask(url: String) throws -> TaskRecord? {
    try pool.read { database in
      try TaskRecord.filter(TaskRecord.Columns.url == url)
        .filter(Self.active.contains(TaskRecord.Columns.status))
        .fetchOne(database)
    }
  }

  /// All tasks that have not ended, in the order of the queue.
  func activeTasks() throws -> [TaskRecord] {
    try pool.read { database in
      try TaskRecord.filter(Self.active.contains(TaskRecord.Columns.status))
        .order(TaskRecord.Columns.position, TaskRecord.Columns.sequence)
        .fetchAll(database)
    }
  }

  /// One page of tasks and how many there are in all.
  func tasks(_ query: TaskQuery) throws -> TaskPages.Page {
    try pages.page(query) {
      let matching = Self.matching(query)
      return try pool.read { database in
        let sequence = TaskRecord.Columns.sequence
        let page = try matching.order(query.ascending ? sequence.asc : sequence.desc)
          .limit(query.limit, offset: query.offset)
          .select(TaskSummary.columns, as: TaskSummary.self)
          .fetchAll(database)
        return TaskPages.Page(tasks: page, total: try matching.fetchCount(database))
      }
    }
  }

  private static func matching(_ query: TaskQuery) -> QueryInterfaceRequest<TaskRecord> {
    var request = TaskRecord.all()
    if !query.statuses.isEmpty {
      let statuses = query.statuses.map(\.rawValue)
      request = request.filter(statuses.contains(TaskRecord.Columns.status))
    }
    // Every task of the engine is of one kind, and its id is its key.
    if let name = query.taskName, name != TaskRecord.taskName { request = request.none() }
    if let key = query.idempotencyKey { request = request.filter(TaskRecord.Columns.id == key) }
    if let date = query.createdAfter {
      request = request.filter(TaskRecord.Columns.createdAt > date.timeIntervalSince1970)
    }
    if let date = query.createdBefore {
      request = request.filter(TaskRecord.Columns.createdAt < date.timeIntervalSince1970)
    }
    return request
  }

  func countsByStatus() throws -> [String: Int] {
    try pool.read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT status, count(*) AS count FROM tasks GROUP BY status")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0["status"], $0["count"]) })
    }
  }

  /// The tasks that have begun at some time and not ended.
  func begunTasks() throws -> [TaskRecord] {
    try pool.read { database in
      try TaskRecord.filter(Self.active.contains(TaskRecord.Columns.status))
        .filter(Column("startedAt") != nil).fetchAll(database)
    }
  }

  /// Of the other tasks that have received bytes of a content and not completed, the one with the most.
  ///
  /// - Parameter size: bytes of the whole content.
  func unfinishedTask(sha256: String, size: Int64, besides id: String) throws -> TaskRecord? {
    let tasks = try pool.read { database in
      try TaskRecord.filter(TaskRecord.Columns.id != id && Column("size") == size)
        .filter(TaskRecord.Columns.status != TaskStatus.completed.rawValue)
        .filter(TaskRecord.Columns.checkpoint > 0)
        .order(TaskRecord.Columns.checkpoint.desc)
        .fetchAll(database)
    }
    return tasks.first { $0.published?.sha256?.lowercased() == sha256.lowercased() }
  }

  /// Bytes still to be received of the tasks that have not ended, but for some.
  func bytesToCome(without ids: [String]) throws -> Int64 {
    let active = TaskRecord.filter(Self.active.contains(TaskRecord.Columns.status))
      .filter(!ids.contains(TaskRecord.Columns.id))
    let missing = SQL(sql: "total(max(0, size - checkpoint))").sqlExpression
    let sum = try pool.read { try Double.fetchOne($0, active.select(missing)) }
    return Int64(clamping: Int(sum ?? 0))
  }

  /// Adds a task at the end of the queue, but before what its sender has queued behind it.
  func insert(_ task: TaskRecord) async throws {
    try await write { database in
      var task = task
      task.position = try Self.makeRoom(for: task, database)
      try task.insert(database)
    }
  }

  /// Changes a task as it is now and returns it; nil when there is none.
  @discardableResult
  func update(
    _ id: String, now: Date, _ change: @escaping @Sendable (inout TaskRecord) throws -> Void
  ) async throws -> TaskRecord? {
    try await write { database in
      guard var task = try Self.task(id, database) else { return nil }
      try change(&task)
      task.updatedAt = now
      try task.update(database)
      return task
    }
  }

  static func task(_ id: String, _ database: Database) throws -> TaskRecord? {
    try TaskRecord.filter(TaskRecord.Columns.id == id).fetchOne(database)
  }
}

extension Store {
  /// Puts a task that failed or was cancelled back into the queue. False when it is in another
  /// state by now, or when another task fetches its URL.
  func requeue(_ id: String, now: Date) async throws -> Bool {
    do {
      let task = try await update(id, now: now) { task in
        guard task.taskStatus == .failed || task.taskStatus == .cancelled else { return }
        task.requeue()
      }
      return task?.taskStatus == .created
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      return false
    }
  }
}

extension Store {
  /// Notes the path that a finished file is about to get; blocks until the disk has it.
  func recordPlacement(_ id: String, path: String) throws {
    try pool.write { database in
      _ = try TaskRecord.filter(TaskRecord.Columns.id == id)
        .updateAll(database, TaskRecord.Columns.placement.set(to: path))
    }
  }
}
