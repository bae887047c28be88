import ComfyAPI
import Downloads
import Synchronization

/// What everybody who works on one file shares: which bytes are there, and who fetches which others. It
/// is read and changed by anyone at any time.
final class SegmentBoard: Sendable {
  typealias Instant = ContinuousClock.Instant

  private struct State {
    var plan: SegmentPlan
    /// The host that each connection's bytes come from.
    var hosts: [Int: String] = [:]
  }

  private let state: Mutex<State>
  /// Bytes that were there at the beginning.
  let kept: Int64

  init(size: Int64?, finished: ByteRanges) {
    kept = finished.count
    state = Mutex(State(plan: SegmentPlan(size: size, finished: finished)))
  }

  func with<Value: Sendable>(_ body: (inout SegmentPlan) -> Value) -> Value {
    state.withLock { body(&$0.plan) }
  }

  var size: Int64? { with(\.size) }
  var finished: ByteRanges { with(\.finished) }
  /// Bytes that are written.
  var count: Int64 { with(\.finished.count) }
  /// Bytes that were written since the beginning.
  var received: Int64 { count - kept }
  /// Bytes that are written without a gap from the first one on.
  var front: Int64 { with(\.finished.front) }
  var isComplete: Bool { with(\.isComplete) }
  /// Connections that bring bytes, or are about to.
  var connectionCount: Int { with(\.segments.count) }

  /// A connection's answer has begun.
  func connected(_ id: Int, to host: String) { state.withLock { $0.hosts[id] = host } }

  func close(_ id: Int) {
    state.withLock { state in
      state.plan.close(id)
      state.hosts[id] = nil
    }
  }

  /// The connections whose bytes are arriving, in the order of the file.
  func connections(at now: Instant) -> [TransferTrace.Connection] {
    state.withLock { state in
      state.plan.segments.compactMap { id, segment in
        guard let host = state.hosts[id] else { return nil }
        var rate = segment.rate
        rate.sample(segment.position, at: now)
        return TransferTrace.Connection(
          host: host, start: segment.start, end: segment.end < .max ? segment.end : nil,
          position: segment.position, bytesPerSecond: rate.bytesPerSecond)
      }.sorted { ($0.start, $0.position) < ($1.start, $1.position) }
    }
  }
}
