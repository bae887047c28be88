/// When to try again after a passing failure.
public struct Retry: Sendable, Equatable {
  /// Shortest and longest pause, in seconds, before jitter.
  public static let shortest = 1.0
  public static let longest = 30.0

  /// Failures in a row since bytes last arrived.
  public private(set) var failures = 0
  /// How many failures in a row are too many.
  public let limit: Int

  public init(limit: Int = 8) { self.limit = limit }

  /// Bytes arrived: the next failure is a first one again.
  public mutating func progressed() { failures = 0 }

  /// Records a failure and says how long to pause; nil when it was one too many.
  ///
  /// - Parameters:
  ///   - wish: seconds the server asked to wait; honoured when longer than our own pause.
  ///   - jitter: a random number from 0 to 1 that spreads clients over the upper half of the pause.
  public mutating func failed(serverWish wish: Double? = nil, jitter: Double) -> Duration? {
    failures += 1
    guard failures < limit else { return nil }
    let doubled = Self.shortest * Double(1 << min(failures - 1, 10))
    let pause = min(doubled, Self.longest) * (0.5 + jitter / 2)
    return .milliseconds(Int64(max(pause, min(wish ?? 0, 3600)) * 1000))
  }
}
