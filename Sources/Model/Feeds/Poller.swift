import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// Learns from the task list how downloads stand.
///
/// Active tasks come in pages, whatever their number. A single task is read only to learn how one
/// ended that has left the list, or what one is that somebody else started.
struct Poller: Sendable {
  /// The most the contract allows.
  static let pageSize = 100
  /// How many polls in a row may miss a task before it counts as lost.
  static let patience = 3

  let board: Board
  let now: @Sendable () -> Date
  private var missing: [String: Int] = [:]
  private var rechecks = Rechecks()

  init(board: Board, now: @escaping @Sendable () -> Date) {
    self.board = board
    self.now = now
  }

  /// One round. Throws when the backend cannot be reached; nothing is changed then.
  mutating func poll() async throws(ClientError) {
    let active = try await activeTasks()
    for entry in active {
      if let download = await board.download(ofTask: entry.id) {
        await board.merge(entry, into: download.id, at: .now)
      } else if await !board.isAbandoned(entry.id),
        let task = try? await board.client.task(entry.id)
      {
        await board.adopt(task, now: now())
      }
    }
    let listed = Set(active.map(\.id))
    for download in await board.unsettled() {
      guard let taskID = download.taskID, !listed.contains(taskID) else { continue }
      try await settle(download, taskID: taskID)
    }
    try await recheck()
  }

  /// A failure may have been premature, and a cancel may never be confirmed (as the web page, whose
  /// store asks six times, ten seconds apart).
  private mutating func recheck() async throws(ClientError) {
    let doubtful = await board.doubtful()
    rechecks.keep(Set(doubtful.compactMap(\.taskID)))
    for download in doubtful {
      guard let taskID = download.taskID, let count = rechecks.next(taskID, at: now()),
        count <= Rechecks.most
      else { continue }
      if download.status == .failed {
        let task = try? await board.client.task(taskID)
        guard let task, task.status != .failed else { continue }
        await board.merge(task, into: download.id, at: .now)
      } else if count == Rechecks.most {
        let time = now()
        await board.change(download.id) { $0.missed(isLost: false, at: time) }
      }
    }
  }

  private func activeTasks() async throws(ClientError) -> [TaskEntry] {
    var all: [TaskEntry] = []
    while true {
      let page = try await board.client.tasks(
        statuses: [.created, .running], offset: all.count, limit: Self.pageSize)
      all += page.tasks
      guard page.pagination.hasMore, !page.tasks.isEmpty else { return all }
    }
  }

  private mutating func settle(_ download: Download, taskID: String) async throws(ClientError) {
    do {
      let task = try await board.client.task(taskID)
      missing[taskID] = nil
      await board.merge(task, into: download.id, at: .now)
    } catch  where error.kind == .notFound {
      missing[taskID, default: 0] += 1
      let isLost = missing[taskID, default: 0] >= Self.patience
      let time = now()
      await board.change(download.id) { $0.missed(isLost: isLost, at: time) }
    }
  }
}

extension Download {
  /// The backend says it has no such task.
  fileprivate mutating func missed(isLost: Bool, at now: Date) {
    if status == .cancellationPending {
      status = .cancelled
      completedAt = now
    } else if isLost {
      status = .failed
      completedAt = now
      failure = DownloadFailure(
        code: "TASK_MISSING", message: "The backend no longer knows this download.",
        hint: "Retry it to queue it again.")
    }
  }
}
