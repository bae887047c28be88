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
    }
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
