import ComfyAPI
import GRDB

extension Store {
  /// Gives a task another place in the queue.
  ///
  /// - Parameter underWay: tasks that have begun, which nobody changes places with.
  func move(_ id: String, to place: TaskMove.Place, passing underWay: Set<String>) async throws {
    try await write { database in
      let waiting = try Self.queue(database).filter { !underWay.contains($0.id) }
      guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
      let others = waiting.filter { $0.id != id }.map(\.position)
      switch place {
      case .top:
        guard let first = others.min(), first < waiting[index].position else { return }
        try Self.setPosition(first - 1, of: id, database)
      case .end:
        guard let last = others.max(), last > waiting[index].position else { return }
        try Self.setPosition(last + 1, of: id, database)
      case .up where index > 0:
        try Self.swap(waiting[index], waiting[index - 1], database)
      case .down where index < waiting.count - 1:
        try Self.swap(waiting[index], waiting[index + 1], database)
      case .up, .down: return
      }
      try database.execute(sql: "UPDATE tasks SET isMoved = 1 WHERE id = ?", arguments: [id])
    }
  }

  /// Orders by size the tasks that have never begun and were not moved, those of unknown size last. They
  /// share the places that they have; all others keep theirs.
  ///
  /// - Parameter underWay: tasks that have begun.
  func orderBySize(passing underWay: Set<String>) async throws {
    try await write { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT id, position, size FROM tasks
          WHERE status = 'created' AND startedAt IS NULL AND NOT isMoved
          ORDER BY position, sequence
          """)
      let waiting = rows.map {
        (id: $0["id"] as String, position: $0["position"] as Int64, size: $0["size"] as Int64?)
      }
      .filter { !underWay.contains($0.id) }
      // The sort is stable: of two of one size the earlier stays in front.
      let ordered = waiting.sorted { ($0.size ?? .max) < ($1.size ?? .max) }
      for (place, task) in zip(waiting, ordered) where place.position != task.position {
        try Self.setPosition(place.position, of: task.id, database)
      }
    }
  }

  /// Where a new task belongs; those that belong behind it are moved on.
  static func makeRoom(for task: TaskRecord, _ database: Database) throws -> Int64 {
    if let next = try successor(of: task, database) {
      try database.execute(
        sql: """
          UPDATE tasks SET position = position + 1
          WHERE position >= ? AND status IN ('created', 'running')
          """,
        arguments: [next])
      return next
    }
    let last = try Int64.fetchOne(database, sql: "SELECT max(position) FROM tasks")
    return (last ?? 0) + 1
  }

  /// The position of the first task that the sender has queued after this one. What somebody has moved
  /// before the link in front of it stays there.
  private static func successor(of task: TaskRecord, _ database: Database) throws -> Int64? {
    guard let owner = task.queueOwner, let place = task.queuePlace else { return nil }
    let predecessor = try Int64.fetchOne(
      database,
      sql: """
        SELECT position FROM tasks
        WHERE queueOwner = ? AND queuePlace < ? AND status IN ('created', 'running')
        ORDER BY queuePlace DESC LIMIT 1
        """,
      arguments: [owner, place])
    return try Int64.fetchOne(
      database,
      sql: """
        SELECT min(position) FROM tasks
        WHERE queueOwner = ? AND queuePlace > ? AND position > ?
          AND status IN ('created', 'running')
        """,
      arguments: [owner, place, predecessor ?? .min])
  }

  private typealias Place = (id: String, position: Int64)

  private static func queue(_ database: Database) throws -> [Place] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT id, position FROM tasks WHERE status IN ('created', 'running')
        ORDER BY position, sequence
        """)
    return rows.map { ($0["id"], $0["position"]) }
  }

  private static func swap(_ one: Place, _ other: Place, _ database: Database) throws {
    try setPosition(other.position, of: one.id, database)
    try setPosition(one.position, of: other.id, database)
  }

  private static func setPosition(
    _ position: Int64, of id: String, _ database: Database
  ) throws {
    try database.execute(
      sql: "UPDATE tasks SET position = ? WHERE id = ?", arguments: [position, id])
  }
}
