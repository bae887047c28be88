import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// What Winch's own engine can do with its queue. Whoever calls these has looked at
/// `BackendState.abilities`.
extension Board {
  /// Holds a download back; what has arrived is kept.
  public func pause(_ id: UUID) async throws(DownloadFailure) {
    try await act(on: id) { task throws(ClientError) in try await client.pause(task) }
  }

  /// Lets a paused download go on when its turn comes.
  public func resume(_ id: UUID) async throws(DownloadFailure) {
    try await act(on: id) { task throws(ClientError) in try await client.resume(task) }
  }

  /// Gives a waiting download another place in the queue.
  public func move(_ id: UUID, to place: TaskMove.Place) async throws(DownloadFailure) {
    try await act(on: id) { task throws(ClientError) in try await client.move(task, to: place) }
  }

  /// Lets the others go first: the download goes to the end of the queue, with what has arrived.
  public func skip(_ id: UUID) async throws(DownloadFailure) {
    // Only what waits has a place in the queue.
    let isHeld = download(id)?.status != .created
    if isHeld { try await pause(id) }
    do {
      try await move(id, to: .end)
    } catch {
      if isHeld { try? await resume(id) }
      throw error
    }
    if isHeld { try await resume(id) }
  }

  /// Limits all transfers together.
  ///
  /// - Parameter bytesPerSecond: nil for no limit.
  public func setLimit(_ bytesPerSecond: Int64?) async throws(DownloadFailure) {
    do {
      let limits = try await client.setLimits(TransferLimits(bytesPerSecond: bytesPerSecond))
      setLimit(shown: limits.bytesPerSecond)
    } catch {
      throw DownloadFailure(error)
    }
  }

  /// What a transfer has done and met so far; nil for a download without a task, and
  /// where the backend keeps none.
  public func trace(of id: UUID) async throws(DownloadFailure) -> TransferTrace? {
    guard backend.abilities.contains(.trace), let taskID = download(id)?.taskID else { return nil }
    do {
      return try await client.trace(of: taskID)
    } catch {
      throw DownloadFailure(error)
    }
  }

  /// Does something to a task that the backend knows, and learns at once what has become of it.
  private func act(
    on id: UUID, _ body: (String) async throws(ClientError) -> Void
  ) async throws(DownloadFailure) {
    guard let download = download(id) else { throw Self.unknown }
    guard let taskID = download.taskID else { throw download.notSent }
    do {
      try await body(taskID)
    } catch {
      throw DownloadFailure(error)
    }
    await refresh(taskID)
  }
}

/// What an engine would say, as far as it can be known without asking it.
extension Download {
  /// Nil where it can be held back, and let go on.
  public var whyNotHeld: DownloadFailure? {
    ended("TASK_NOT_PAUSABLE") ?? (taskID == nil ? notSent : nil)
  }

  /// Nil where it can have another place in the queue.
  public var whyNotMoved: DownloadFailure? {
    if let refusal = ended("TASK_NOT_MOVABLE") { return refusal }
    guard taskID != nil else { return notSent }
    guard !canBeMoved else { return nil }
    return DownloadFailure(
      code: "TASK_NOT_MOVABLE", message: "It is under way.", hint: "Pause it first.")
  }

  private func ended(_ code: String) -> DownloadFailure? {
    guard status.isTerminal else { return nil }
    return DownloadFailure(
      code: code, message: "It has ended as \(status.rawValue) already.")
  }

  /// Only the backend's own task can be asked about and acted on.
  var notSent: DownloadFailure {
    DownloadFailure(code: "NOT_SENT", message: "The backend has not accepted \(name) yet.")
  }
}
