/// A time on the clock, from 00:00 to 24:00.
public struct TimeOfDay: Sendable, Hashable, Comparable {
  /// Since midnight, 0 to `minutesOfDay`.
  public let minutes: Int

  static let minutesOfDay = 24 * 60

  /// Reads `08:00`, `8:30`, `24:00`; nil for what is no time.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
      parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60,
      hour * 60 + minute <= Self.minutesOfDay
    else { return nil }
    minutes = hour * 60 + minute
  }

  public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minutes < right.minutes }
}
