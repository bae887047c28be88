/// Position and speed of one transfer, from news that may come late, twice or out of order.
///
/// A position below the last one is old news, unless nothing higher follows for some seconds: then
/// the backend has really begun again.
public struct TransferFigures: Sendable, Equatable {
  /// How long a lower position is doubted.
  static let doubt = Duration.seconds(5)

  /// Bytes that are there; nil before the first news.
  public private(set) var position: Int64?
  private var rate = Rate()
  private var lowerSince: ContinuousClock.Instant?

  public init() {}

  /// Bytes per second; nil while unknown.
  public var bytesPerSecond: Int64? { rate.bytesPerSecond }

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
