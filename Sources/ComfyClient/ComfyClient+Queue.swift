import ComfyAPI
import Foundation

/// What Winch's own engine can do with its queue beyond the contract.
extension ComfyClient {
  /// Holds a task back, with its bytes kept.
  ///
  /// - Throws: `refused(status: 409)` when the task has ended.
  public func pause(_ id: String) async throws(ClientError) {
    try Self.checked(try await call("POST", Self.path(of: id) + "/pause"))
  }

  /// Lets a paused task go on when its turn comes.
  ///
  /// - Throws: `refused(status: 409)` when the task has ended.
  public func resume(_ id: String) async throws(ClientError) {
    try Self.checked(try await call("POST", Self.path(of: id) + "/resume"))
  }

  /// Gives a waiting task another place in the queue.
  ///
  /// - Throws: `refused(status: 409)` when the task does not wait.
  public func move(_ id: String, to place: TaskMove.Place) async throws(ClientError) {
    let body = try Self.body(TaskMove(to: place))
    try Self.checked(try await call("POST", Self.path(of: id) + "/move", body: body))
  }

  /// What a task has done and met so far.
  public func trace(of id: String) async throws(ClientError) -> TransferTrace {
    try await value(TransferTrace.self, "GET", Self.path(of: id))
  }

  public func limits() async throws(ClientError) -> TransferLimits {
    try await value(TransferLimits.self, "GET", "/api/winch/limits")
  }

  /// Changes the limits at once, also for what is under way.
  public func setLimits(_ limits: TransferLimits) async throws(ClientError) -> TransferLimits {
    let body = try Self.body(limits)
    return try Self.read(
      TransferLimits.self,
      from: Self.checked(try await call("PUT", "/api/winch/limits", body: body)))
  }

  /// What one task may take besides what holds for all.
  public func limits(of id: String) async throws(ClientError) -> TransferLimits {
    try await value(TransferLimits.self, "GET", Self.path(of: id) + "/limits")
  }

  /// Limits one task at once, also when it is under way.
  ///
  /// - Throws: `refused(status: 409)` when the task has ended.
  public func setLimits(
    _ limits: TransferLimits, of id: String
  ) async throws(ClientError) -> TransferLimits {
    let body = try Self.body(limits)
    return try Self.read(
      TransferLimits.self,
      from: Self.checked(try await call("PUT", Self.path(of: id) + "/limits", body: body)))
  }

  private static func path(of id: String) -> String { "/api/winch/tasks/" + id.percentEncoded }
}
