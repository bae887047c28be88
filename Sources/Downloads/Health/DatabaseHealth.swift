/// A database of Winch's own, as far as its first bytes tell.
public struct DatabaseHealth: Sendable, Equatable {
  public enum State: Sendable, Equatable {
    /// Not there, or empty: it is made when it is needed.
    case absent
    case database
    /// Something else is in its place.
    case foreign
    /// It cannot be read, in the system's words.
    case unreadable(String)
  }

  public var database: OwnDatabase
  public var path: String
  public var state: State

  public init(_ database: OwnDatabase, path: String, state: State) {
    self.database = database
    self.path = path
    self.state = state
  }

  /// The names of the checks, in the order of `OwnDatabase.allCases`.
  public static let names = OwnDatabase.allCases.map(name)

  public var check: HealthCheck {
    let name = Self.name(database)
    switch state {
    case .absent: return HealthCheck(name, .ok, "\(path), which is made when it is needed")
    case .database: return HealthCheck(name, .ok, path)
    case .foreign:
      let failure = database.unusable(at: path, isDamaged: false)
      return HealthCheck(name, .failed, failure.message, remedy: failure.hint)
    case .unreadable(let reason):
      return HealthCheck(
        name, .failed, "\(database.title) \(path) cannot be read: \(reason).",
        remedy: "Give yourself the right to read and write it.")
    }
  }

  private static func name(_ database: OwnDatabase) -> String {
    switch database {
    case .journal: "journal"
    case .engine: "database"
    }
  }
}
