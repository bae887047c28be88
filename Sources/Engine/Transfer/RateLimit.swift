import Synchronization

/// What all transfers together may take, changed at any time.
///
/// A transfer passes with the bytes it has just written, and waits until they are paid for. It then
/// reads no more, libcurl's buffer fills, and TCP slows the sender down.
final class RateLimit: Sendable {
  private struct State {
    /// Bytes per second; nil for no limit.
    var limit: Double?
    /// Bytes that have passed, and those of them that are paid for. The second never runs ahead by
    /// more than a moment's worth, so that a pause gives no licence for a flood.
    var passed = 0.0
    var paid = 0.0
    var time: ContinuousClock.Instant

    mutating func advance(to now: ContinuousClock.Instant) {
      let seconds = (now - time) / .seconds(1)
      time = max(time, now)
      guard let limit else {
        paid = passed
        return
      }
      paid = min(paid + max(0, seconds) * limit, passed + limit * RateLimit.slack)
    }
  }

  /// Seconds' worth of bytes that may pass at once after a pause.
  private static let slack = 0.1
  /// A wait is looked at again after so long at the latest: the limit may have changed.
  private static let longestSleep = Duration.milliseconds(250)

  private let state: Mutex<State>
  private let now: @Sendable () -> ContinuousClock.Instant
  private let sleep: @Sendable (Duration) async throws -> Void

  init(
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.now = now
    self.sleep = sleep
    state = Mutex(State(time: now()))
  }

  /// In bytes per second; nil for no limit.
  var bytesPerSecond: Int64? {
    get { state.withLock { $0.limit.map { Int64($0) } } }
    set {
      state.withLock { state in
        state.advance(to: now())
        state.limit = newValue.map { Double(max(1, $0)) }
        // What is owed at another rate is forgiven: a raised limit is felt at once.
        state.paid = state.passed
      }
    }
  }

  /// Waits until the bytes are paid for, after all that passed before them.
  ///
  /// - Throws: `CancellationError`; the bytes have passed all the same.
  func pass(_ bytes: Int) async throws {
    let ticket = state.withLock { state in
      state.advance(to: now())
      state.passed += Double(bytes)
      return state.passed
    }
    while let wait = remaining(ticket) { try await sleep(min(wait, Self.longestSleep)) }
  }

  /// Nil once the ticket is paid for.
  private func remaining(_ ticket: Double) -> Duration? {
    state.withLock { state in
      state.advance(to: now())
      guard let limit = state.limit, state.paid < ticket else { return nil }
      return .seconds((ticket - state.paid) / limit)
    }
  }
}
