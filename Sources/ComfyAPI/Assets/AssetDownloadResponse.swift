import Foundation

/// The answer 202 to a download request. Its task may already be completed.
public struct AssetDownloadResponse: Sendable, Equatable, Codable {
  public var taskID: String
  public var status: TaskStatus
  public var message: String?

  public init(taskID: String, status: TaskStatus, message: String? = nil) {
    self.taskID = taskID
    self.status = status
    self.message = message
  }

  private enum CodingKeys: String, CodingKey {
    case status, message
    case taskID = "task_id"
  }
}

/// Both answers to a download request.
public enum AssetDownloadAnswer: Sendable, Equatable {
  /// 200: the content is already in storage.
  case asset(AssetCreated)
  /// 202: a task was made, or one for the same file is under way.
  case task(AssetDownloadResponse)
}
