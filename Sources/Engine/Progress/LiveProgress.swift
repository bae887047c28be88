import ComfyAPI
import Downloads
import Foundation
import Synchronization

/// How far the running transfers are, between checkpoints. It is read by anyone at any time.
final class LiveProgress: Sendable {
  struct Entry: Sendable {
    /// Bytes on the disk.
    var bytes: Int64
    var total: Int64?
    var phase: TaskPhase
    /// Why the transfer waits, for people.
    var message: String?
    /// The host that the transfer waits for, and until when.
    var wait: (host: String, until: ContinuousClock.Instant)?
    var rate = Rate()
    /// Who fetches what; nil before the first byte is asked for.
    var board: SegmentBoard?

    /// Nil while nothing is fetched.
    var connections: Int64? {
      guard phase == .downloading, let board else { return nil }
      return Int64(board.connectionCount)
    }
  }

  private let entries = Mutex<[String: Entry]>([:])

  func begin(_ id: String, bytes: Int64, total: Int64?) {
    entries.withLock { $0[id] = Entry(bytes: bytes, total: total, phase: .resolving) }
  }

  /// The transfer has opened its partial file.
  func attach(_ board: SegmentBoard, _ id: String) {
    entries.withLock { $0[id]?.board = board }
  }

  func end(_ id: String) {
    _ = entries.withLock { $0.removeValue(forKey: id) }
  }

  /// A new phase. Speed is only known again once bytes flow.
  func enter(
    _ phase: TaskPhase, _ id: String, message: String? = nil,
    wait: (host: String, until: ContinuousClock.Instant)? = nil
  ) {
    entries.withLock { entries in
      entries[id]?.phase = phase
      entries[id]?.message = message
      entries[id]?.wait = wait
      entries[id]?.rate = Rate()
    }
  }

  /// A new position on the disk.
  func reached(_ bytes: Int64, of total: Int64?, _ id: String, at now: ContinuousClock.Instant) {
    entries.withLock { entries in
      entries[id]?.bytes = bytes
      entries[id]?.total = total
      entries[id]?.rate.sample(bytes, at: now)
    }
  }

  /// Nil for a task that is not being transferred.
  func entry(_ id: String) -> Entry? { entries.withLock { $0[id] } }

  /// How far all transfers but one are.
  func entries(besides id: String) -> [(id: String, bytes: Int64, total: Int64?)] {
    entries.withLock { entries in
      entries.filter { $0.key != id }.map { ($0.key, $0.value.bytes, $0.value.total) }
    }
  }

  /// Bytes per second of a transfer, sinking while nothing arrives.
  func bytesPerSecond(_ id: String, at now: ContinuousClock.Instant) -> Int64? {
    entries.withLock { entries in
      guard var entry = entries[id], entry.phase == .downloading else { return nil }
      entry.rate.sample(entry.bytes, at: now)
      return entry.rate.bytesPerSecond
    }
  }

  /// The hosts that transfers wait for, by name.
  ///
  /// - Parameter date: what the clock shows at this instant: it may have been set since the wait began.
  func waitingHosts(at now: ContinuousClock.Instant, date: Date) -> [WaitingHost] {
    let waiting = entries.withLock { $0.values.filter { $0.phase == .waiting } }
    var hosts: [String: WaitingHost] = [:]
    for entry in waiting {
      guard let (host, end) = entry.wait else { continue }
      let until = date + max(.zero, end - now) / .seconds(1)
      let reason = entry.message ?? ""
      let known = hosts[host] ?? WaitingHost(host: host, until: until, reason: reason, transfers: 0)
      hosts[host] = WaitingHost(
        host: host, until: max(known.until, until),
        reason: until >= known.until ? reason : known.reason, transfers: known.transfers + 1)
    }
    return hosts.values.sorted { $0.host < $1.host }
  }

  /// Sum of all transfers in bytes per second.
  func totalBytesPerSecond(at now: ContinuousClock.Instant) -> Int64 {
    let ids = entries.withLock { Array($0.keys) }
    return ids.reduce(0) { $0 + (bytesPerSecond($1, at: now) ?? 0) }
  }
}
