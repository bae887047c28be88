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
    ])
  func reads(text: String, seconds: Double) throws {
    let date = try #require(Timestamp.date(from: text))
    #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_001)
  }

  @Test("what is no time is refused", arguments: ["", "yesterday", "2026-08-21", "1.", ".5Z"])
  func refuses(text: String) { #expect(Timestamp.date(from: text) == nil) }

  @Test("times are written in UTC with milliseconds")
  func writes() {
    #expect(Timestamp.text(from: Date(timeIntervalSince1970: 10.25)) == "1970-01-01T00:00:10.250Z")
  }
}
