/// Decides when a silent client is asked whether it is there, and when it is given up.
struct Heartbeat: Sendable {
  enum Action: Sendable { case wait, ping, drop }

  let patience: Duration
  private var lastHeard: ContinuousClock.Instant
  /// A ping is under way, and nothing has been heard since.
  private var isAsked = false

  init(patience: Duration, now: ContinuousClock.Instant) {
    self.patience = patience
    lastHeard = now
  }

  /// Anything the client says shows that it is there.
  mutating func heard(at now: ContinuousClock.Instant) {
    lastHeard = now
    isAsked = false
  }

  /// To be called about as often as `patience`.
  mutating func tick(at now: ContinuousClock.Instant) -> Action {
    guard now - lastHeard >= patience else { return .wait }
    guard !isAsked else { return .drop }
    isAsked = true
    return .ping
  }
}
