/// How long to leave a backend alone that is away or busy.
struct Backoff {
  /// Seconds before jitter.
  let shortest: Double
  static let longest: Double = 30

  private var failures = 0

  init(shortest: Double = 1) { self.shortest = shortest }

  mutating func succeeded() { failures = 0 }

  /// The pause after a failure, in seconds: what the backend asked for, else twice the last one.
  ///
  /// - Parameter jitter: a random number from 0 to 1; clients of a backend that comes back must not
  ///   all come at once.
  mutating func failed(wish: Double? = nil, jitter: Double) -> Double {
    failures += 1
    let doubled = min(shortest * Double(1 << min(failures - 1, 10)), Self.longest)
    return max(doubled * (0.5 + jitter / 2), min(wish ?? 0, 3600) * (1 + jitter / 10))
  }
}
