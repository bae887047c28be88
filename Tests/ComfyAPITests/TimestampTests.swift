import ComfyAPI
import Foundation
import Testing

@Suite("Timestamp")
struct TimestampTests {
  @Test(
    "times with and without fraction and offset are read",
    arguments: [
      ("1970-01-01T00:00:10Z", 10.0), ("1970-01-01T00:00:10.5Z", 10.5),
      ("1970-01-01T00:00:10.123456789Z", 10.123456789), ("1970-01-01T01:00:10+01:00", 10),
      ("1970-01-01T00:00:10.250000+00:00", 10.25), ("1970-01-01T00:00:10", 10),
      ("1972-02-29T00:00:00Z", 68_169_600),
    ])
  func reads(text: String, seconds: Double) throws {
    let date = try #require(Timestamp.date(from: text))
    #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_001)
  }

  @Test(
    "what is no time is refused",
    arguments: [
      "", "yesterday", "2026-08-21", "1.", ".5Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
      "2026-01-00T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
      "+2026-01-01T00:00:00Z", "2026-01-01T00:00Z",
    ])
  func refuses(text: String) { #expect(Timestamp.date(from: text) == nil) }

  @Test("times are written in UTC with milliseconds")
  func writes() {
    #expect(Timestamp.text(from: Date(timeIntervalSince1970: 10.25)) == "1970-01-01T00:00:10.250Z")
  }

  @Test("times are written as Foundation writes them")
  func agreesWithFoundation() {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    // Every 13th day of four centuries at another time of day, in eighths of a second: those have
    // an exact fraction, which Foundation's cutting off does not change.
    for day in stride(from: -60_000.0, to: 90_000, by: 13) {
      let date = Date(timeIntervalSince1970: day * 86_400 + (day * 7919.125).magnitude)
      #expect(Timestamp.text(from: date) == date.formatted(style))
    }
  }

  @Test(
    "the edges of days, months and years are right",
    arguments: [
      "1970-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "2000-02-29T23:59:59.999Z",
      "1900-02-28T00:00:00.000Z", "2100-03-01T00:00:00.000Z", "2024-12-31T23:59:59.500Z",
      "9999-12-31T23:59:59.999Z",
    ])
  func edges(text: String) throws {
    let date = try #require(Timestamp.date(from: text))
    #expect(Timestamp.text(from: date) == text)
  }

  @Test("a time that was read is written as the same, whatever its milliseconds")
  func roundTrip() throws {
    for millisecond in 0..<1000 {
      let digits = String(repeating: "0", count: 3 - "\(millisecond)".count) + "\(millisecond)"
      let text = "2026-08-21T09:30:00.\(digits)Z"
      #expect(Timestamp.text(from: try #require(Timestamp.date(from: text))) == text)
    }
  }

  @Test("a time beyond the years of four digits is written all the same")
  func farAway() {
    for seconds in [-1e14, 1e14] {
      #expect(!Timestamp.text(from: Date(timeIntervalSince1970: seconds)).isEmpty)
    }
  }
}
