import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// Sends what is queued, a few at a time and in order, until each has an answer.
///
/// Those few may arrive in another order. Winch's own engine is told the place of each, so that its
/// queue has the order of the list.
///
/// A row is claimed in the journal before its request, so that two programs never send it twice,
/// and keeps its place while the backend is away. One that may have been sent before is looked for
/// among the backend's tasks first.
struct Outbox: Sendable {
  /// Requests under way at one time.
  static let width = 8
  /// Seconds for which a request that got no answer may still arrive. Only then is it sent again.
  static let settling: Double = 10
  /// How many faults of the backend's own a download may meet before it fails and lets others pass.
  static let patience = 3

  let board: Board
  let now: @Sendable () -> Date
  private var faults: [UUID: Int] = [:]
  /// Downloads whose task was looked for in vain.
  private var sought: Set<UUID> = []

  init(board: Board, now: @escaping @Sendable () -> Date) {
    self.board = board
    self.now = now
  }

  /// Sends all that is queued now.
  ///
  /// - Throws: the error of a backend that is away or busy; the rest stays queued.
  mutating func flush(usingModelTypeTags: Bool) async throws(ClientError) {
    let queued = await board.queued()
    guard !queued.isEmpty else { return }
    let abilities = await board.backend.abilities
    let delivery = Delivery(
      board: board, now: now, usesModelTypeTags: usingModelTypeTags,
      namesFiles: abilities.contains(.nameFile),
      expectsHashes: abilities.contains(.expectHash),
      queue: abilities.contains(.move) ? try? board.journal.queue() : nil)
    let doubts = (try? board.journal.doubts(now: now())) ?? [:]
    let found = try await recover(queued.filter { doubts[$0.id] != nil }, doubts, delivery)
    let outcomes = await deliver(
      found, then: queued.filter { doubts[$0.id] == nil }, by: delivery)
    try await judge(outcomes)
  }

  // MARK: Sending

  private typealias Outcome = (id: UUID, error: ClientError)

  /// Claims the next few when it runs out of items; stops at the first error.
  private func deliver(
    _ items: [Delivery.Item], then rest: [Download], by delivery: Delivery
  ) async -> [Outcome] {
    var ready = items[...]
    var waiting = rest[...]
    return await withTaskGroup(of: (place: Int64, outcome: Outcome?).self) { group in
      var errors: [Outcome] = []
      var underWay: Set<Int64> = []
      repeat {
        while underWay.count < Self.width, errors.isEmpty, !Task.isCancelled {
          while ready.isEmpty, !waiting.isEmpty { ready = claim(nextOf: &waiting)[...] }
          guard let item = ready.popFirst() else { break }
          let place = delivery.place(of: item, after: underWay)
          group.addTask {
            let error = await delivery.send(item, to: place)
            return (item.claim.place, error.map { (item.download.id, $0) })
          }
          underWay.insert(item.claim.place)
        }
        guard let (place, outcome) = await group.next() else { break }
        underWay.remove(place)
        if let outcome { errors.append(outcome) }
      } while true
      for item in ready { try? board.journal.release(item.download.id, restoring: item.claim) }
      return errors
    }
  }

  private func claim(nextOf waiting: inout ArraySlice<Download>) -> [Delivery.Item] {
    let next = waiting.prefix(Self.width)
    waiting = waiting.dropFirst(Self.width)
    let claims = (try? board.journal.claim(next.map(\.id), now: now())) ?? [:]
    return next.compactMap { download in claims[download.id].map { item(download, $0) } }
  }

  /// What is sent is what the journal says under the claim: it may have been changed before.
  private func item(_ download: Download, _ claim: Journal.Claim) -> Delivery.Item {
    let current = (try? board.journal.download(download.id)) ?? download
    return Delivery.Item(download: current, claim: claim)
  }

  /// A fault of the backend's own may come from the one link; it must not hold up the others for
  /// ever.
  private mutating func judge(_ outcomes: [Outcome]) async throws(ClientError) {
    for (id, error) in outcomes where error.kind == .serverFault(status: 500) {
      faults[id, default: 0] += 1
      guard faults[id, default: 0] >= Self.patience else { continue }
      faults[id] = nil
      await board.fail(id, with: error, at: now())
    }
    if let worst = outcomes.map(\.error).max(by: { $0.urgency < $1.urgency }) { throw worst }
  }

  // MARK: Lost answers

  /// Finds the tasks of requests whose answers were lost.
  ///
  /// - Returns: those that certainly made none and are to be sent again.
  private mutating func recover(
    _ downloads: [Download], _ doubts: [UUID: Journal.Claim], _ delivery: Delivery
  ) async throws(ClientError) -> [Delivery.Item] {
    let time = now()
    let due = downloads.filter { download in
      !sought.contains(download.id) || doubts[download.id]?.isSettled(at: time) == true
    }
    guard !due.isEmpty else { return [] }
    let claims = (try? board.journal.claim(due.map(\.id), now: time)) ?? [:]
    let items = due.compactMap { download in claims[download.id].map { item(download, $0) } }
    let tasks: [UUID: AssetDownloadResponse]
    do {
      tasks = try await LostAnswers(board: board).tasks(for: items)
    } catch {
      for item in items { try? board.journal.release(item.download.id, restoring: item.claim) }
      throw error
    }
    var again: [Delivery.Item] = []
    for item in items {
      let id = item.download.id
      if let task = tasks[id] {
        sought.remove(id)
        await delivery.record(.task(task), for: id)
      } else if item.claim.isSettled(at: time) {
        sought.remove(id)
        again.append(item)
      } else {
        sought.insert(id)
        try? board.journal.release(id, restoring: item.claim)
      }
    }
    return again
  }
}

extension Journal.Claim {
  /// Whether the last request can no longer be on its way. A clock that was set back counts as such.
  fileprivate func isSettled(at now: Date) -> Bool {
    guard let lastAttempt else { return true }
    return !(0..<Outbox.settling).contains(now.timeIntervalSince(lastAttempt))
  }
}

extension ClientError {
  /// Which of several errors decides how long to wait.
  fileprivate var urgency: Double { wishedPause.map { 1 + $0 } ?? 0 }
}
