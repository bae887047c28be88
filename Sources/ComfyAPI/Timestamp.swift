import Foundation

/// RFC 3339 times as the contract writes them: UTC with milliseconds.
public enum Timestamp {
  /// The text of a time, e.g. `2026-08-21T09:30:00.125Z`, to the nearest millisecond: what was read
  /// from such a text is written as the same.
  public static func text(from date: Date) -> String {
    guard let text = AsciiTime(date) else {
      return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
    return String(unsafeUninitializedCapacity: AsciiTime.length) { buffer in
      text.write(to: buffer)
      return AsciiTime.length
    }
  }

  /// Reads a time with or without fraction, in UTC or with an offset; nil when it is none.
  ///
  /// Servers send fractions of three, six or nine digits, so the fraction is read apart.
  public static func date(from text: String) -> Date? {
    guard let dot = text.firstIndex(of: ".") else { return wholeSeconds(text) }
    let digits = text[text.index(after: dot)...].prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, let fraction = Double("0." + digits),
      let base = wholeSeconds(text[..<dot] + text[digits.endIndex...])
    else { return nil }
    return base.addingTimeInterval(fraction)
  }

  /// True for a time that says which zone it is in, as RFC 3339 wants it.
  public static func hasZone(_ text: String) -> Bool {
    text.dropFirst(19).contains { "Zz+-".contains($0) }
  }

  /// Foundation takes the 31st of February and the 25th hour for later times.
  private static func isOnCalendar(_ text: some StringProtocol) -> Bool {
    let digits = text.utf8.prefix(19).split { !(0x30...0x39).contains($0) }
    let fields = digits.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    guard digits.map(\.count) == [4, 2, 2, 2, 2, 2], fields.count == 6 else { return false }
    let (year, month, day) = (fields[0], fields[1], fields[2])
    guard (1...12).contains(month) else { return false }
    let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    // A minute may have a leap second.
    return (1...days).contains(day) && fields[3] < 24 && fields[4] < 60 && fields[5] <= 60
  }

  private static func wholeSeconds(_ text: some StringProtocol) -> Date? {
    guard isOnCalendar(text) else { return nil }
    let style = Date.ISO8601FormatStyle()
    let text = String(text)
    return (try? style.parse(text)) ?? (try? style.parse(text + "Z"))
  }
}
