import Foundation

/// Speed of a transfer, smoothed over a few seconds: the mean since the start at first, so that one
/// short burst is not taken for the speed.
///
/// Samples are positions on disk. The first is the starting point, so bytes that were kept from an
/// earlier run never count as speed.
public struct Rate: Sendable, Equatable {
  /// Seconds over which an old speed loses two thirds of its weight.
  private static let window = 3.0

  private var start: ContinuousClock.Instant?
  private var last: (position: Int64, time: ContinuousClock.Instant)?
  private var smoothed: Double?

  public init() {}

  /// Takes a new position in bytes. A position that went backwards starts the estimate anew.
  public mutating func sample(_ position: Int64, at now: ContinuousClock.Instant) {
    guard let previous = last, position >= previous.position else {
      start = now
      last = (position, now)
      smoothed = nil
      return
    }
    let seconds = Self.seconds(now - previous.time)
    guard seconds >= 0.05 else { return }
    let current = Double(position - previous.position) / seconds
    let elapsed = Self.seconds(now - (start ?? previous.time))
    let weight = max(1 - exp(-seconds / Self.window), seconds / elapsed)
    let before = smoothed ?? 0
    smoothed = before + weight * (current - before)
    last = (position, now)
  }

  /// Bytes per second; nil before the second sample and after three seconds' worth of standstill
  /// has brought it below one byte.
  public var bytesPerSecond: Int64? {
    guard let smoothed, smoothed >= 1 else { return nil }
    return Int64(smoothed.rounded())
  }

  private static func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) / 1e18
  }

  public static func == (left: Rate, right: Rate) -> Bool {
    left.smoothed == right.smoothed && left.start == right.start
      && left.last?.position == right.last?.position && left.last?.time == right.last?.time
  }
}
