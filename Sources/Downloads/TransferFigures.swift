/// Position and speed of one transfer, from news that may come late, twice or out of order.
///
/// A position below the last one is old news, unless nothing higher follows for some seconds: then
/// the backend has really begun again.
///
/// A backend that tells the speed has measured it where the bytes arrive. What its news, which come in
/// at their own moments, would make of it is only used where none is told.
public struct TransferFigures: Sendable, Equatable {
  /// How long a lower position is doubted.
  static let doubt = Duration.seconds(5)

  /// Bytes that are there; nil before the first news.
  public private(set) var position: Int64?
  private var rate = Rate()
  /// What the backend has last said, which may be that it does not know.
  private var told: Int64??
  private var lowerSince: ContinuousClock.Instant?

  public init() {}

  /// Bytes per second; nil while unknown.
  public var bytesPerSecond: Int64? { told ?? rate.bytesPerSecond }

  /// Takes news of the position in bytes, and of the speed in bytes per second, nil where the backend
  /// does not know it now.
  public mutating func take(_ news: Int64, speed: Int64?, at now: ContinuousClock.Instant) {
    told = .some(speed)
    take(news, at: now)
  }

  /// Takes news of the position in bytes.
  public mutating func take(_ news: Int64, at now: ContinuousClock.Instant) {
    if let position, news < position {
      let since = lowerSince ?? now
      lowerSince = since
      guard now - since >= Self.doubt else { return }
    }
    lowerSince = nil
    position = news
    rate.sample(news, at: now)
  }
}
