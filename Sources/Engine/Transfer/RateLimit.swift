import Synchronization

/// What all connections that share it may take together; changed at any time.
///
/// A connection waits with the bytes that it is about to write until they are paid for. Meanwhile it
/// reads no more, libcurl's buffer fills, and TCP slows the sender down.
final class RateLimit: Sendable {
  private struct State {
    /// Bytes per second; nil for no limit.
    var limit: Double?
    /// Bytes that were asked for, and those of them that are paid for. The second never runs ahead by
    /// more than a moment's worth, so that a pause gives no licence for a flood.
    var asked = 0.0
    var paid = 0.0
    var time: ContinuousClock.Instant
    /// When bytes were last told to wait.
    var heldAt: ContinuousClock.Instant?

    mutating func advance(to now: ContinuousClock.Instant) {
      let seconds = (now - time) / .seconds(1)
      time = max(time, now)
      guard let limit else {
        paid = asked
        return
      }
      paid = min(paid + max(0, seconds) * limit, asked + limit * RateLimit.slack)
    }
  }

  /// Seconds' worth of bytes that may pass at once after a pause.
  private static let slack = 0.1
  /// Seconds' worth of bytes that are asked for at once: when the limit is lowered, each connection still
  /// has so much to pay for.
  private static let step = 0.01
  /// The same where another limit is less strict.
  private static let longestStep = 0.1
  private static let moment = Duration.seconds(1)
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
      }
    }
  }

  /// Whether bytes had to wait for it a moment ago.
  var holdsUp: Bool {
    state.withLock { state in
      guard state.limit != nil, let heldAt = state.heldAt else { return false }
      return now() - heldAt < Self.moment
    }
  }

  /// Waits until all of the limits have let so many bytes pass, after all that came before them.
  ///
  /// - Throws: `CancellationError`; the bytes are paid for all the same.
  static func pass(_ bytes: Int, _ limits: [RateLimit]) async throws {
    // All are asked before any is waited for: what one earns while another holds the bytes up is
    // theirs, or two equal limits would make half the speed.
    let tickets = limits.map { $0.ticket(for: bytes) }
    for (limit, ticket) in zip(limits, tickets) { try await limit.wait(for: ticket) }
  }

  /// How many bytes to ask for at once, so that they come evenly.
  ///
  /// A moment's worth of the limit that most share: who asks it for less at once gets less of it, and does
  /// not reach a stricter limit of its own. Nil while there is no limit.
  static func step(of limits: [RateLimit]) -> Int? {
    let rates = limits.compactMap(\.bytesPerSecond).map(Double.init)
    guard let strictest = rates.min(), let loosest = rates.max() else { return nil }
    return max(1, Int(min(loosest * step, strictest * longestStep)))
  }

  /// What must be paid for before these bytes, and all that were asked for before them, are.
  private func ticket(for bytes: Int) -> Double {
    state.withLock { state in
      state.advance(to: now())
      state.asked += Double(bytes)
      return state.asked
    }
  }

  private func wait(for ticket: Double) async throws {
    while let wait = remaining(ticket) { try await sleep(min(wait, Self.longestSleep)) }
  }

  /// Nil once the ticket is paid for.
  private func remaining(_ ticket: Double) -> Duration? {
    state.withLock { state in
      state.advance(to: now())
      guard let limit = state.limit, state.paid < ticket else { return nil }
      state.heldAt = state.time
      return .seconds((ticket - state.paid) / limit)
    }
  }
}
