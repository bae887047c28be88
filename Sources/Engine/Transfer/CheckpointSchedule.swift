/// When to bring received bytes onto the disk: every 16 MiB or every second, whichever is first.
struct CheckpointSchedule: Sendable {
  static let bytes: Int64 = 16 << 20
  static let interval = Duration.seconds(1)

  private var lastPosition: Int64
  private var lastTime: ContinuousClock.Instant

  init(position: Int64, at now: ContinuousClock.Instant) {
    lastPosition = position
    lastTime = now
  }

  /// True when it is time; the next interval then begins.
  mutating func isDue(_ position: Int64, at now: ContinuousClock.Instant) -> Bool {
    guard position - lastPosition >= Self.bytes || now - lastTime >= Self.interval,
      position > lastPosition
    else { return false }
    lastPosition = position
    lastTime = now
    return true
  }
}
