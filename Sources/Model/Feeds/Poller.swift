import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// Learns from the backend how downloads stand.
///
/// Active tasks come in pages, whatever their number. A single task is read only to learn how one
/// ended that has left the list, or what one is that somebody else started.
struct Poller: Sendable {
  /// The most the contract allows.
  static let pageSize = 100
  /// How many polls in a row may miss a task before it counts as lost.
  static let patience = 3
  /// Seconds before a task is read again whose answer settled nothing.
  static let pause: Double = 10

  let board: Board
  let now: @Sendable () -> Date
  private var missing: [String: Int] = [:]
  private var rechecks = Rechecks()
  /// When a task may be read again that is neither listed nor ended, or cannot be read.
  private var held: [String: Date] = [:]

  init(board: Board, now: @escaping @Sendable () -> Date) {
    self.board = board
    self.now = now
  }

  /// One round.
  ///
  /// - Returns: the pages that the list had.
  /// - Throws: why the backend said no more; what it had said until then is taken.
  @discardableResult
  mutating func poll() async throws(ClientError) -> Int {
    held = held.filter { $0.value > now() }
    let active = try await activeTasks()
    try await adopt(await board.merge(active))
    try await settle(listed: Set(active.map(\.id)))
    try await renewCancels()
    try await recheck()
    return (active.count + Self.pageSize - 1) / Self.pageSize
  }

  private func activeTasks() async throws(ClientError) -> [TaskEntry] {
    let statuses = [.created, .running] + (await board.unknownStatuses())
    var all: [TaskEntry] = []
    while true {
      let page = try await board.client.tasks(
        statuses: statuses, offset: all.count, limit: Self.pageSize)
      all += page.tasks
      guard page.pagination.hasMore, !page.tasks.isEmpty else { return all }
    }
  }

  /// Takes in tasks that somebody else has started.
  private mutating func adopt(_ strangers: [String]) async throws(ClientError) {
    guard !strangers.isEmpty else { return }
    // The row a task belongs to may be another program's.
    await board.reloadJournal()
    let readings = await read(strangers)
    for task in readings.tasks { await board.adopt(task) }
    if let failure = readings.failure { throw failure }
  }

  /// Learns what became of tasks that have left the list.
  private mutating func settle(listed: Set<String>) async throws(ClientError) {
    let unlisted = await board.unsettled().compactMap(\.taskID).filter { !listed.contains($0) }
    let readings = await read(unlisted)
    for task in readings.tasks {
      missing[task.id] = nil
      await board.merge(task)
      if !task.status.isTerminal { held[task.id] = now() + Self.pause }
    }
    for taskID in readings.missing { await miss(taskID) }
    if let failure = readings.failure { throw failure }
  }

  private mutating func miss(_ taskID: String) async {
    missing[taskID, default: 0] += 1
    let isLost = missing[taskID, default: 0] >= Self.patience
    let time = now()
    for id in await board.ids(ofTask: taskID) {
      await board.change(id) { $0.missed(isLost: isLost, at: time) }
    }
  }

  private mutating func read(_ ids: [String]) async -> TaskReader.Readings {
    let readings = await TaskReader(client: board.client).read(ids.filter { held[$0] == nil })
    for id in readings.unreadable { held[id] = now() + Self.pause }
    return readings
  }

  /// A cancel that was asked for before the program began may never have reached the backend.
  private func renewCancels() async throws(ClientError) {
    for download in await board.doubtful() where download.status == .cancellationPending {
      guard await !board.cancelsAsked.contains(download.id) else { continue }
      do {
        try await board.requestCancel(download.id)
      } catch {
        if error.concernsTheBackend { throw error }
      }
    }
  }

  /// A failure may have been premature, and a cancel may never be confirmed (as the web page, whose
  /// store asks six times, ten seconds apart).
  private mutating func recheck() async throws(ClientError) {
    let doubtful = await board.doubtful()
    rechecks.keep(Set(doubtful.compactMap(\.taskID)))
    var failed: [String] = []
    for download in doubtful {
      guard let taskID = download.taskID, let count = rechecks.next(taskID, at: now()),
        count <= Rechecks.most
      else { continue }
      if download.status == .failed {
        failed.append(taskID)
      } else if count == Rechecks.most {
        let time = now()
        await board.change(download.id) { $0.missed(isLost: false, at: time) }
      }
    }
    let readings = await read(failed)
    for task in readings.tasks where task.status != .failed { await board.merge(task) }
    if let failure = readings.failure { throw failure }
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
