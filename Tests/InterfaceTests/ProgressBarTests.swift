import Downloads
import Testing

@testable import Interface

@Suite("The progress bar")
struct ProgressBarTests {
  @Test(
    "a part is drawn in eighths of a cell, rounded down",
    arguments: [
      (0, "····"), (1, "▏···"), (2, "▎···"), (3, "▍···"), (4, "▌···"), (5, "▋···"), (6, "▊···"),
      (7, "▉···"), (8, "█···"), (9, "█▏··"), (31, "███▉"), (32, "████"),
    ])
  func drawsEighths(eighths: Int, bar: String) {
    let progress = ProgressBar(width: 4, isUnicode: true)
    #expect(progress.text(fraction: Double(eighths) / 32) == bar)
    #expect(progress.text(fraction: (Double(eighths) + 0.9) / 32) == bar || eighths == 32)
  }

  @Test(
    "in ASCII a part is drawn in whole cells", arguments: [(0, "...."), (50, "##.."), (99, "###.")])
  func drawsASCII(percent: Int, bar: String) {
    #expect(ProgressBar(width: 4, isUnicode: false).text(fraction: Double(percent) / 100) == bar)
  }

  @Test("fractions beyond the ends are drawn as the ends", arguments: [(-1.0, "··"), (7.5, "██")])
  func staysInside(fraction: Double, bar: String) {
    #expect(ProgressBar(width: 2, isUnicode: true).text(fraction: fraction) == bar)
  }

  @Test("with an unknown size a mark moves there and back as bytes arrive")
  func moves() {
    let bar = ProgressBar(width: 5, isUnicode: true)
    let pictures = (0..<5).map { bar.text(movingWith: Int64($0) << 20) }
    #expect(pictures == ["███··", "·███·", "··███", "·███·", "███··"])
  }

  @Test("with an unknown size and no bytes nothing moves")
  func rests() {
    let bar = ProgressBar(width: 5, isUnicode: true)
    #expect(bar.text(download(1, "x", bytes: 0)) == "·····")
    #expect(bar.text(download(1, "x", .failed, bytes: 9 << 20)) == "·····")
  }

  @Test("percents are whole, rounded down, and 100 only when all is there")
  func roundsPercentsDown() {
    #expect(download(1, "x", total: 100, bytes: 29).percent == 29)
    #expect(download(1, "x", total: 1_000_000, bytes: 999_999).percent == 99)
    #expect(download(1, "x", total: 10, bytes: 10).percent == 100)
    #expect(download(1, "x", total: .max, bytes: .max - 1).percent == 99)
    #expect(download(1, "x", bytes: 10).percent == nil)
    #expect(download(1, "x", total: 0, bytes: 10).percent == nil)
    #expect(download(1, "x", total: 10, bytes: -10).percent == 0)
  }
}
