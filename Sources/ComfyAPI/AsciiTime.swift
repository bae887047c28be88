import Foundation

/// A time of the years 1 to 9999 in the digits of RFC 3339.
///
/// A page of tasks holds hundreds of times, each of which takes Foundation's format style longer
/// than everything else about its task.
struct AsciiTime {
  /// Bytes of `2026-08-21T09:30:00.125Z`.
  static let length = 24

  private let year: Int
  private let month: Int
  private let day: Int
  private let millisecondsOfDay: Int

  private static let millisecondsPerDay = 86_400_000
  /// The years 1 to 9999, in milliseconds since 1970.
  private static let range = -62_135_596_800_000.0..<253_402_300_800_000.0

  /// Nil outside of the range.
  init?(_ date: Date) {
    let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
    guard Self.range.contains(milliseconds) else { return nil }
    let (days, rest) = Int(milliseconds).quotientAndRemainder(dividingBy: Self.millisecondsPerDay)
    millisecondsOfDay = rest < 0 ? rest + Self.millisecondsPerDay : rest
    (year, month, day) = Self.calendarDay(rest < 0 ? days - 1 : days)
  }

  /// Year, month and day of the Gregorian calendar from days since 1970.
  ///
  /// The days are counted from 1 March of year 0, so that a leap day ends its year, and in cycles
  /// of 400 years, all of which have 146,097 days.
  private static func calendarDay(_ days: Int) -> (Int, Int, Int) {
    let shifted = days + 719_468
    let (cycle, dayOfCycle) = shifted.quotientAndRemainder(dividingBy: 146_097)
    let yearOfCycle =
      (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    // From March on, five months have 153 days, again and again.
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let year = cycle * 400 + yearOfCycle
    return month < 10 ? (year, month + 3, day) : (year + 1, month - 9, day)
  }

  /// Fills the first `length` bytes.
  func write(to buffer: UnsafeMutableBufferPointer<UInt8>) {
    let seconds = millisecondsOfDay / 1000
    Self.write(year, digits: 4, at: 0, ending: "-", to: buffer)
    Self.write(month, digits: 2, at: 5, ending: "-", to: buffer)
    Self.write(day, digits: 2, at: 8, ending: "T", to: buffer)
    Self.write(seconds / 3600, digits: 2, at: 11, ending: ":", to: buffer)
    Self.write(seconds / 60 % 60, digits: 2, at: 14, ending: ":", to: buffer)
    Self.write(seconds % 60, digits: 2, at: 17, ending: ".", to: buffer)
    Self.write(millisecondsOfDay % 1000, digits: 3, at: 20, ending: "Z", to: buffer)
  }

  private static func write(
    _ number: Int, digits: Int, at start: Int, ending: Unicode.Scalar,
    to buffer: UnsafeMutableBufferPointer<UInt8>
  ) {
    var number = number
    for place in (start..<(start + digits)).reversed() {
      buffer[place] = UInt8(ascii: "0") + UInt8(number % 10)
      number /= 10
    }
    buffer[start + digits] = UInt8(ascii: ending)
  }
}
