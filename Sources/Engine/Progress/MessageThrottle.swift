/// Decides which progress messages are worth sending: at most one of a task in each interval.
struct MessageThrottle: Sendable {
  let interval: Duration
  private var lastSent: [String: ContinuousClock.Instant] = [:]

  init(interval: Duration = .milliseconds(500)) { self.interval = interval }

  /// True when a message of the task may go out now. The last one of a task always may.
  mutating func admits(
    _ taskID: String, isLast: Bool, at now: ContinuousClock.Instant
  ) -> Bool {
    if isLast {
      lastSent[taskID] = nil
      return true
    }
    if let last = lastSent[taskID], now - last < interval { return false }
    lastSent[taskID] = now
    return true
  }
}
