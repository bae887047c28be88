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

  private static func wholeSeconds(_ text: some StringProtocol) -> Date? {
    let style = Date.ISO8601FormatStyle()
    let text = String(text)
    return (try? style.parse(text)) ?? (try? style.parse(text + "Z"))
  }
}
