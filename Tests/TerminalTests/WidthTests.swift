import CTerminal
import Interface
import Testing

@testable import Terminal

@Suite("Widths") struct WidthTests {
  @Test(
    "What the frame puts into one cell or two, ncurses puts there too",
    .enabled(if: winch_terminal_set_locale("C.UTF-8"), "needs the locale C.UTF-8"))
  func agree() {
    var wrong: [String] = []
    for value in UInt32(0x20)..<0x20000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(Character(scalar))
      var frame = Frame(size: Size(columns: 4, rows: 1))
      let columns = frame.write(text, column: 0, row: 0)
      let cell = frame[0, 0].text.unicodeScalars
      guard columns > 0, cell.count == 1, let shown = cell.first else { continue }
      let width = Int(winch_terminal_width(shown.value))
      // Newer than the system's tables: drawn as a question mark.
      guard width >= 0 else { continue }
      if width != columns { wrong.append("U+\(String(value, radix: 16)): \(columns) \(width)") }
    }
    #expect(wrong.count < 4, "\(wrong.count): \(wrong.prefix(60))")
  }

  @Test(
    "What people see as one character takes as many columns as the system says of its scalars",
    .enabled(if: winch_terminal_set_locale("C.UTF-8"), "needs the locale C.UTF-8"),
    arguments: [
      "👨‍👩‍👧‍👦", "🧑🏿‍🚀", "👍🏽", "🇨🇭", "1️⃣", "#️⃣", "❤️", "❤︎", "🏳️‍🌈", "☝🏻", "e\u{301}\u{323}",
      "Z\u{35C}\u{341}\u{310}\u{315}\u{31B}\u{321}", "क्षि", "ก็", "각", "가", "が", "模\u{E0100}", "ﷺ",
    ])
  func agreeOnClusters(text: String) {
    for cluster in TextWidth.clusters(of: text) {
      let widths = cluster.text.unicodeScalars.map { Int(winch_terminal_width($0.value)) }
      #expect(widths.first == cluster.width, "\(cluster)")
      #expect(widths.dropFirst().allSatisfy { $0 == 0 }, "\(cluster)")
    }
  }
}
