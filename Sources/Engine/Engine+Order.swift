import ComfyAPI
import Downloads
import Foundation

/// Holding tasks back, and the order in which they begin.
extension Engine {
  /// Holds a task back until it is resumed, also over a new start of the engine; returns once its
  /// transfer has ended, with all its bytes kept.
  ///
  /// - Throws: `notFound`; `conflict` when the task has ended.
  public func pause(_ id: String) async throws(EngineError) {
    // Written first: whatever happens next, the queue does not begin it again.
    _ = try await hold(id) { $0.isPaused = true }
    if let transfer = transfers[id] {
      transfer.cancel()
      await transfer.value
    }
    queueWaits.end(id)
    contents.end(id)
    let task = try await hold(id) { $0.status = TaskStatus.created.rawValue }
    hub.send(task.message, at: environment.instant())
  }

  /// Lets a paused task begin when its turn comes. One that is not paused stays as it is.
  ///
  /// - Throws: `notFound`; `conflict` when the task has ended.
  public func resume(_ id: String) async throws(EngineError) {
    let task = try await hold(id) { $0.isPaused = false }
    hub.send(task.message, at: environment.instant())
    wakeQueue()
  }

  /// Changes a task that has not ended.
  ///
  /// - Throws: `notFound`; `conflict` with the code when the task has ended.
  func hold(
    _ id: String, code: String = "TASK_NOT_PAUSABLE", hint: String? = nil,
    _ change: @escaping @Sendable (inout TaskRecord) -> Void
  ) async throws(EngineError) -> TaskRecord {
    let now = environment.now()
    let changed = try await EngineError.translating {
      try await store.update(id, now: now) { task in
        if !task.taskStatus.isTerminal { change(&task) }
      }
    }
    guard let changed else { throw .noTask(id) }
    guard !changed.taskStatus.isTerminal else {
      throw EngineError(
        .conflict, code: code, message: "The task has ended as \(changed.status) already.",
        hint: changed.taskStatus == .completed ? nil : hint)
    }
    return changed
  }

  /// Lets the smaller files begin first, where that is wished; call it when a task has come.
  func orderQueue() async {
    guard configuration.smallFilesFirst else { return }
    do {
      try await store.orderBySize(passing: Set(transfers.keys))
    } catch {
      logger.error("the queue cannot be ordered", metadata: ["cause": "\(error)"])
    }
  }

  /// Gives a task another place among those that wait. Tasks under way keep theirs.
  ///
  /// - Throws: `notFound`; `conflict` when the task does not wait.
  public func move(_ id: String, to place: TaskMove.Place) async throws(EngineError) {
    let task = try record(id)
    guard !task.taskStatus.isTerminal, transfers[id] == nil else {
      let state = task.taskStatus.isTerminal ? task.status : "under way"
      throw EngineError(
        .conflict, code: "TASK_NOT_MOVABLE",
        message: "The task is \(state); only one that waits has a place in the queue.",
        hint: task.taskStatus.isTerminal ? nil : "Pause it first.")
    }
    let underWay = Set(transfers.keys)
    try await EngineError.translating {
      try await store.move(id, to: place, passing: underWay)
    }
    wakeQueue()
  }
}
