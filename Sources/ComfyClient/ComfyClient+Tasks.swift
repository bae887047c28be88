import ComfyAPI
import Foundation

/// What became of the wish to cancel a task.
public enum CancelOutcome: Sendable, Equatable {
  /// The task will end as cancelled, or has already.
  case accepted
  /// The backend has no such task.
  case missing
  /// The task ended before; read it to learn how.
  case notCancellable
}

extension ComfyClient {
  /// One page of tasks: `GET /api/tasks`.
  ///
  /// - Parameters:
  ///   - statuses: only tasks of these; empty means all.
  ///   - offset: tasks to skip, 0 or more.
  ///   - limit: 1 to 100.
  ///   - ascending: oldest first instead of newest first.
  ///   - createdAfter: only later ones, by the backend's clock; nil means all.
  public func tasks(
    statuses: [TaskStatus] = [], offset: Int = 0, limit: Int = 20, ascending: Bool = false,
    createdAfter: Date? = nil
  ) async throws(ClientError) -> TasksListResponse {
    var path = "/api/tasks?limit=\(limit)&offset=\(offset)"
    if ascending { path += "&sort_order=asc" }
    if !statuses.isEmpty {
      path += "&status=" + statuses.map(\.rawValue.percentEncoded).joined(separator: ",")
    }
    if let createdAfter {
      path += "&created_after=" + Timestamp.text(from: createdAfter).percentEncoded
    }
    return try await value(TasksListResponse.self, "GET", path)
  }

  /// One task with its result: `GET /api/tasks/{id}`.
  public func task(_ id: String) async throws(ClientError) -> TaskResponse {
    try await value(TaskResponse.self, "GET", "/api/tasks/" + id.percentEncoded)
  }

  /// Cancels a task: `DELETE /api/tasks/{id}`.
  ///
  /// - Parameter deletesPartial: whether the bytes received so far go as well, which Winch's own engine
  ///   alone can; others pass it over.
  public func cancel(
    _ id: String, deletesPartial: Bool = false
  ) async throws(ClientError) -> CancelOutcome {
    let query = deletesPartial ? "?delete_partial=true" : ""
    let response = try await call("DELETE", "/api/tasks/" + id.percentEncoded + query)
    switch response.status {
    case 404: return .missing
    case 409: return .notCancellable
    default:
      try Self.checked(response)
      return .accepted
    }
  }

  /// Queues a failed or cancelled task again, keeping its bytes. Winch's own engine alone can.
  ///
  /// - Throws: `refused(status: 409)` when the task is neither failed nor cancelled.
  public func retry(_ id: String) async throws(ClientError) {
    try Self.checked(try await call("POST", "/api/winch/tasks/\(id.percentEncoded)/retry"))
  }
}
