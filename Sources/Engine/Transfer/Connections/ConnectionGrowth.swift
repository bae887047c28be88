import Downloads

/// How many connections a file gets: more as long as those before have made it faster. A value without
/// I/O: time is passed in.
///
/// A server that has little to give, a slow line and a busy processor are all met alike: the next
/// connection adds nothing, so it stays the last. From time to time one more is tried, because lines
/// change. Far away from the server a single connection is sure to be slow, and trying would take as long
/// as it saves, so all are opened as soon as it has answered.
struct ConnectionGrowth: Sendable {
  typealias Instant = ContinuousClock.Instant

  /// The most that may be wanted, at least 1.
  private(set) var limit: Int
  /// How many are wanted now.
  private(set) var target = 1

  /// A connection must make all together faster by this factor…
  private static let gain = 1.05
  /// …within this time.
  private static let patience = Duration.seconds(1)
  /// Speed is taken over so long at least.
  private static let window = Duration.milliseconds(250)
  /// After so long in vain, one more is tried again.
  private static let pause = Duration.seconds(10)

  /// A server whose first answer takes so long is far away.
  private static let farAway = Duration.milliseconds(50)
  /// As many connections again are worth trying when those before have brought so much more.
  private static let doublingGain = 1.6

  private var hasAnswer = false
  /// Bytes per second before the newest connection.
  private var speedBefore = 0.0
  private var changedAt: Instant?
  private var sample: (bytes: Int64, time: Instant)?
  private var pausedUntil: Instant?

  init(limit: Int) { self.limit = max(1, limit) }

  /// The first connection has its answer.
  ///
  /// - Parameter latency: from the wish for a connection to the head of the answer.
  mutating func answered(after latency: Duration) {
    guard !hasAnswer else { return }
    hasAnswer = true
    if latency >= Self.farAway { target = limit }
  }

  /// Takes how many bytes have come in all, and decides whether one more connection is wanted.
  ///
  /// - Parameter flowing: connections that have brought bytes; while a new one has not, nothing can be
  ///   said of it.
  mutating func measure(_ bytes: Int64, flowing: Int, at now: Instant) {
    guard let last = sample else {
      sample = (bytes, now)
      return
    }
    guard now - last.time >= Self.window else { return }
    let speed = Double(bytes - last.bytes) / ((now - last.time) / .seconds(1))
    sample = (bytes, now)
    guard target < limit, flowing >= target else { return }
    if let pausedUntil, now < pausedUntil { return }
    if target == 1 || speed >= speedBefore * Self.gain || pausedUntil != nil {
      grow(from: speed, at: now)
    } else if let changedAt, now - changedAt > Self.patience {
      pausedUntil = now + Self.pause
    }
  }

  /// The server does not like so many: it keeps what it has.
  ///
  /// - Parameter open: the connections that it still serves.
  mutating func refused(open: Int) {
    limit = max(1, min(limit, open))
    target = min(target, limit)
  }

  private mutating func grow(from speed: Double, at now: Instant) {
    let isSteep = speed >= speedBefore * Self.doublingGain && pausedUntil == nil
    target = min(limit, target + (isSteep ? target : 1))
    speedBefore = speed
    changedAt = now
    pausedUntil = nil
  }
}
