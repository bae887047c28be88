import Testing

@testable import Interface

@Suite("The width of text")
struct TextWidthTests {
  @Test(
    "columns are those of the terminal",
    arguments: [
      ("winch", 5), ("", 0), ("é", 1), ("e\u{301}", 1), ("模型", 4), ("ｱ", 1), ("Ａ", 2),
      ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("🙂", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("🇨🇭", 2),
      ("❤️", 1), ("…", 1), ("█", 1), ("का", 2), ("a\u{200D}b", 2), ("a\u{AD}b", 2), ("\u{301}", 1),
    ])
  func measures(text: String, columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
  }

  @Test("a joined emoji is its first picture and a flag its letters")
  func reducesEmoji() {
    #expect(TextWidth.clusters(of: "👨‍👩‍👧").map(\.text) == ["👨"])
    #expect(TextWidth.clusters(of: "👍🏽").map(\.text) == ["👍"])
    #expect(TextWidth.clusters(of: "🇨🇭").map(\.text) == ["C", "H"])
  }

  @Test("a cell holds at most four combining marks")
  func limitsMarks() {
    let text = "a" + String(repeating: "\u{301}", count: 20)
    #expect(TextWidth.clusters(of: text).map { $0.text.unicodeScalars.count } == [5])
  }

  @Test("every cluster holds one spacing scalar")
  func holdsOneSpacingScalar() {
    for cluster in TextWidth.clusters(of: "क्षि 👨‍👩‍👧🏳️‍🌈 e\u{301}模\u{FE0F}") {
      let spacing = cluster.text.unicodeScalars.filter { ScalarWidth($0) != .mark }
      #expect(spacing.count == 1)
      #expect((1...2).contains(cluster.width))
    }
  }

  @Test("text is cut at its end by columns, not characters")
  func clips() {
    #expect(TextWidth.clipped("winch", to: 5, mark: "…") == "winch")
    #expect(TextWidth.clipped("winches", to: 5, mark: "…") == "winc…")
    #expect(TextWidth.clipped("模型模型", to: 6, mark: "…") == "模型…")
    #expect(TextWidth.clipped("winch", to: 0, mark: "…") == "")
  }

  @Test(
    "text is cut between characters, never inside of one",
    arguments: [
      "👨‍👩‍👧‍👦👨‍👩‍👧", "a🇨🇭b🇩🇪", "1️⃣2️⃣3️⃣", "👍🏽👍🏿x", "❤️❤︎❤", "🏳️‍🌈ab🏳️‍🌈", "e\u{301}e\u{301}\u{323}e",
      "क्षिकाक", "각가한", "が模\u{E0100}型",
    ])
  func clipsWhole(text: String) {
    let all = TextWidth.clusters(of: text)
    for width in 0...TextWidth.columns(of: text) {
      var frame = Frame(size: Size(columns: width, rows: 1))
      let written = frame.write(text, column: 0, row: 0)
      let cells = frame.cells.prefix(written).filter { !$0.text.isEmpty }.map(\.text)
      #expect(cells == all.prefix(cells.count).map(\.text))
      // A wide character that does not fit leaves one column.
      #expect(width - written <= 1)
      #expect(TextWidth.columns(of: TextWidth.clipped(text, to: width, mark: "…")) <= width)
      #expect(TextWidth.columns(of: TextWidth.shortened(text, to: width, mark: "…")) <= width)
    }
  }

  @Test(
    "a character of several scalars is as wide as what is drawn of it",
    arguments: [
      ("1️⃣", 1), ("🧑🏿‍🚀", 2), ("👨‍👩‍👧‍👦", 2), ("🏳️‍🌈", 1), ("☝🏻", 1), ("❤︎", 1), ("模\u{E0100}", 2),
      ("Z\u{35C}\u{341}\u{310}\u{315}\u{31B}", 1), ("ก็", 1),
    ])
  func measuresClusters(text: String, columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
  }

  @Test("a model's name loses its extension first, then its middle")
  func shortensNames() {
    let name = "flux1-dev-Q4_K_S.gguf"
    #expect(FileNameText.shortened(name, to: 21, mark: "…") == name)
    #expect(FileNameText.shortened(name, to: 17, mark: "…") == "flux1-dev-Q4_K_S…")
    #expect(FileNameText.shortened(name, to: 14, mark: "…") == "flux1-de…_K_S…")
    #expect(FileNameText.shortened("model-v1.5-Q4", to: 12, mark: "…") == "model-v…5-Q4")
  }

  @Test("lines are broken at spaces and inside words that are too long")
  func wraps() {
    #expect(TextWrap.lines("a bc def", width: 4) == ["a bc", "def"])
    #expect(TextWrap.lines("abcdefghij", width: 4) == ["abcd", "efgh", "ij"])
    #expect(TextWrap.lines("模型模", width: 4) == ["模型", "模"])
    #expect(TextWrap.lines("", width: 4) == [""])
  }
}
