import Downloads
import Testing

@Suite("A limit of speed")
struct SpeedTextTests {
  @Test(
    "is read as people write it",
    arguments: [
      ("10M", 10_000_000), ("2.5MB/s", 2_500_000), ("800k", 800_000), ("1000000", 1_000_000),
      ("1.5MiB/s", 1_572_864), ("64KiB", 65_536), ("1g", 1_000_000_000), ("5 mb/s", 5_000_000),
      ("2000b/s", 2000), (".5m", 500_000),
    ])
  func reads(text: String, speed: Int64) throws {
    #expect(try SpeedText.limit(text) == speed)
  }

  @Test("may be none", arguments: ["none", "None", "off", "0"])
  func none(text: String) throws {
    #expect(try SpeedText.limit(text) == nil)
  }

  @Test(
    "that is no speed is refused, with how one is written",
    arguments: [
      "", "fast", "-5M", "1e9", "nan", "inf", "k", "5Mbit", "5T", "5M/h", "1.2.3M", "٥M", "0x10k",
      "99999999999999999999G", "5M/s/s", "b5",
    ])
  func refuses(text: String) throws {
    let failure = try #require(throws: DownloadFailure.self) { try SpeedText.limit(text) }
    #expect(failure.message.contains("5M"), "\(failure.message)")
  }

  @Test("below what keeps a line alive is refused", arguments: ["1", "999", "0.5k"])
  func tooLow(text: String) throws {
    let failure = try #require(throws: DownloadFailure.self) { try SpeedText.limit(text) }
    #expect(failure.message.contains("1.0 kB/s"))
  }
}
