/// Where a background task stands.
///
/// An open set: a status this program has never heard of is kept and shown as it came.
public struct TaskStatus: RawRepresentable, Sendable, Hashable, Codable {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let created = TaskStatus(rawValue: "created")
  public static let running = TaskStatus(rawValue: "running")
  public static let completed = TaskStatus(rawValue: "completed")
  public static let failed = TaskStatus(rawValue: "failed")
  public static let cancelled = TaskStatus(rawValue: "cancelled")

  /// The statuses of the contract, in the order of a task's life.
  public static let known: [TaskStatus] = [.created, .running, .completed, .failed, .cancelled]

  /// True once nothing more is expected of the task.
  public var isTerminal: Bool { self == .completed || self == .failed || self == .cancelled }
}
