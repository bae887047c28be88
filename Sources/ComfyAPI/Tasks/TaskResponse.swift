import Foundation

/// A single task with its input and, once it ended, its result.
public struct TaskResponse: Sendable, Equatable, Codable {
  public var id: String
  public var idempotencyKey: String
  public var taskName: String
  /// What the task was given. Its shape is the server's own.
  public var payload: [String: JSONValue]
  public var status: TaskStatus
  public var result: DownloadFileResult?
  public var errorMessage: String?
  public var createTime: Date
  public var updateTime: Date
  public var startedAt: Date?
  public var completedAt: Date?
  /// Bytes and speed; sent by Winch's own engine alone.
  public var progress: TaskProgress?

  public init(
    id: String, idempotencyKey: String, taskName: String, payload: [String: JSONValue],
    status: TaskStatus, result: DownloadFileResult? = nil, errorMessage: String? = nil,
    createTime: Date, updateTime: Date, startedAt: Date? = nil, completedAt: Date? = nil,
    progress: TaskProgress? = nil
  ) {
    self.id = id
    self.idempotencyKey = idempotencyKey
    self.taskName = taskName
    self.payload = payload
    self.status = status
    self.result = result
    self.errorMessage = errorMessage
    self.createTime = createTime
    self.updateTime = updateTime
    self.startedAt = startedAt
    self.completedAt = completedAt
    self.progress = progress
  }

  private enum CodingKeys: String, CodingKey {
    case id, payload, status, result, progress
    case idempotencyKey = "idempotency_key"
    case taskName = "task_name"
    case errorMessage = "error_message"
    case createTime = "create_time"
    case updateTime = "update_time"
    case startedAt = "started_at"
    case completedAt = "completed_at"
  }
}
