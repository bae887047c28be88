import Foundation

/// A task as the list of tasks shows it.
public struct TaskEntry: Sendable, Equatable, Codable {
  public var id: String
  public var taskName: String
  public var status: TaskStatus
  public var createTime: Date
  public var startedAt: Date?
  public var completedAt: Date?
  /// Bytes and speed; sent by Winch's own engine alone.
  public var progress: TaskProgress?

  public init(
    id: String, taskName: String, status: TaskStatus, createTime: Date, startedAt: Date? = nil,
    completedAt: Date? = nil, progress: TaskProgress? = nil
  ) {
    self.id = id
    self.taskName = taskName
    self.status = status
    self.createTime = createTime
    self.startedAt = startedAt
    self.completedAt = completedAt
    self.progress = progress
  }

  private enum CodingKeys: String, CodingKey {
    case id, status, progress
    case taskName = "task_name"
    case createTime = "create_time"
    case startedAt = "started_at"
    case completedAt = "completed_at"
  }
}
