/// Decides when a transfer has been silent for too long.
///
/// libcurl's own low-speed limit works on a five-second average, so it sees a stall much later than
/// asked.
struct StallWatch {
  typealias Instant = ContinuousClock.Instant

  private let timeout: Duration
  private var lastActivity: Instant
  private var uploadedBytes: Int64 = 0
  private var isPaused = false

  init(timeout: Duration, now: Instant) {
    self.timeout = timeout
    lastActivity = now
  }

  /// When the transfer stalls unless something happens; nil while the reader makes it wait.
  var deadline: Instant? { isPaused ? nil : lastActivity.advanced(by: timeout) }

  mutating func noteActivity(at now: Instant) {
    lastActivity = max(lastActivity, now)
  }

  /// A request body on its way out counts as activity too.
  mutating func noteUploaded(_ bytes: Int64, at now: Instant) {
    guard bytes != uploadedBytes else { return }
    uploadedBytes = bytes
    noteActivity(at: now)
  }

  mutating func pause() { isPaused = true }

  mutating func resume(at now: Instant) {
    isPaused = false
    noteActivity(at: now)
  }
}
