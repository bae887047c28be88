import ComfyAPI
import Downloads
import Foundation

/// Reading tasks, stopping them and starting them again.
extension Engine {
  /// One page of tasks in the order they were made.
  ///
  /// It waits for nothing else that the engine does.
  public nonisolated func tasks(_ query: TaskQuery) throws(EngineError) -> TasksListResponse {
    let page = try EngineError.translating { try store.tasks(query) }
    let pagination = PaginationInfo(
      offset: query.offset, limit: query.limit, total: page.total,
      hasMore: query.offset + page.tasks.count < page.total)
    return TasksListResponse(tasks: page.tasks.map(entry), pagination: pagination)
  }

  /// - Throws: `notFound`.
  public func task(_ id: String) throws(EngineError) -> TaskResponse {
    response(try record(id))
  }

  /// Stops a task for good; returns once its transfer has ended. A task that is cancelled already
  /// stays so.
  ///
  /// - Parameter deletesPartial: whether its bytes go, which otherwise are kept for a retry.
  /// - Throws: `notFound`; `conflict` when the task has completed or failed.
  public func cancel(_ id: String, deletesPartial: Bool = false) async throws(EngineError) {
    let task = try record(id)
    cancelling.insert(id)
    defer {
      cancelling.remove(id)
      wakeQueue()
    }
    if let transfer = transfers[id] {
      transfer.cancel()
      await transfer.value
    }
    queueWaits.end(id)
    contents.end(id)
    let now = environment.now()
    let changed = try await EngineError.translating {
      try await store.update(id, now: now) { task in
        guard !task.taskStatus.isTerminal else { return }
        task.status = TaskStatus.cancelled.rawValue
        task.completedAt = now
      }
    }
    // What a failed task has left can be given up as well.
    let isGivenUp = deletesPartial && changed?.taskStatus == .failed
    guard let changed, changed.taskStatus == .cancelled || isGivenUp else {
      throw EngineError(
        .conflict, code: "TASK_NOT_CANCELLABLE",
        message: "The task has ended as \(changed?.status ?? task.status) already.")
    }
    if deletesPartial { try await deletePartial(of: changed) }
    hub.send(changed.message, at: environment.instant())
  }

  /// The database forgets the bytes first: it never promises more than is there.
  private func deletePartial(of task: TaskRecord) async throws(EngineError) {
    let now = environment.now()
    let path = library.workPath(task.partialName)
    try await EngineError.translating {
      try await store.dropBytes(of: task.id, now: now)
      try await Disk.run { try Disk.remove(path) }
    }
  }

  /// Puts a failed or cancelled task back into the queue; its bytes are kept.
  ///
  /// - Throws: `notFound`; `conflict` when the task has not ended or completed, or when another
  ///   task fetches the same URL.
  public func retry(_ id: String) async throws(EngineError) {
    let task = try record(id)
    guard task.taskStatus == .failed || task.taskStatus == .cancelled else {
      throw EngineError(
        .conflict, code: "TASK_NOT_RETRIABLE",
        message: "The task is \(task.status); only a failed or cancelled one can be retried.")
    }
    let now = environment.now()
    let rejected = library.workPath(task.rejectedName)
    let isRequeued = try await EngineError.translating {
      try await Disk.run { try Disk.remove(rejected) }
      return try await store.requeue(id, now: now)
    }
    guard isRequeued else {
      throw EngineError(
        .conflict, code: "TASK_NOT_RETRIABLE",
        message: "Another task is fetching the same file.",
        hint: "Wait for that one, or cancel it first.")
    }
    await orderQueue()
    wakeQueue()
  }

  func record(_ id: String) throws(EngineError) -> TaskRecord {
    guard let task = try EngineError.translating({ try store.task(id) }) else {
      throw EngineError.noTask(id)
    }
    return task
  }

  private nonisolated func entry(_ task: TaskSummary) -> TaskEntry {
    TaskEntry(
      id: task.id, taskName: TaskRecord.taskName, status: task.status,
      createTime: task.createdAt, startedAt: task.startedAt, completedAt: task.completedAt,
      progress: progress(of: task))
  }

  private func response(_ task: TaskRecord) -> TaskResponse {
    TaskResponse(
      id: task.id, idempotencyKey: task.id, taskName: TaskRecord.taskName, payload: task.payload,
      status: task.taskStatus, result: task.result,
      errorMessage: task.errorMessage ?? waitReason(of: task.id), createTime: task.createdAt,
      updateTime: task.updatedAt, startedAt: task.startedAt, completedAt: task.completedAt,
      progress: progress(of: TaskSummary(task)))
  }

  /// The live numbers of a running transfer, the checkpoint's of every other task.
  private nonisolated func progress(of task: TaskSummary) -> TaskProgress {
    guard !task.status.isTerminal else {
      return TaskProgress(bytesTotal: task.size, bytesDownloaded: task.checkpoint)
    }
    let entry = live.entry(task.id)
    return TaskProgress(
      bytesTotal: entry?.total ?? task.size, bytesDownloaded: entry?.bytes ?? task.checkpoint,
      bytesPerSecond: live.bytesPerSecond(task.id, at: environment.instant()),
      limit: task.speedLimit, connections: entry?.connections,
      phase: task.isPaused ? .paused : entry?.phase ?? queueWaits[task.id]?.phase,
      waitReason: task.isPaused ? nil : waitReason(of: task.id), queueOrder: task.position,
      isMovable: entry == nil)
  }

  /// What a task waits for besides its turn, for people.
  private nonisolated func waitReason(of id: String) -> String? {
    live.entry(id)?.message ?? queueWaits[id]?.message
  }
}
