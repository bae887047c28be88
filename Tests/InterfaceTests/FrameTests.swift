import Testing

@testable import Interface

@Suite("A frame of cells")
struct FrameTests {
  @Test("text is written from a cell to the right and its width is returned")
  func writesText() {
    var frame = Frame(size: Size(columns: 8, rows: 2))
    #expect(frame.write("winch", column: 2, row: 1) == 5)
    #expect(picture(of: frame) == "\n  winch")
  }

  @Test("text is clipped at the frame's edge and at the given width")
  func clips() {
    var frame = Frame(size: Size(columns: 4, rows: 2))
    #expect(frame.write("abcdef", column: 2, row: 0) == 2)
    #expect(frame.write("abcdef", column: 0, row: 1, maximumWidth: 3) == 3)
    #expect(picture(of: frame) == "  ab\nabc")
  }

  @Test(
    "writing outside the frame writes nothing",
    arguments: [(-1, 0), (0, -1), (4, 0), (0, 2), (Int.max, 0)])
  func ignoresOutside(column: Int, row: Int) {
    var frame = Frame(size: Size(columns: 4, rows: 2))
    #expect(frame.write("x", column: column, row: row) == 0)
    #expect(frame == Frame(size: Size(columns: 4, rows: 2)))
  }

  @Test("a wide character never stands in the last column")
  func keepsWideOffTheEdge() {
    var frame = Frame(size: Size(columns: 3, rows: 1))
    #expect(frame.write("a模型", column: 0, row: 0) == 3)
    #expect(frame.write("模", column: 2, row: 0) == 0)
    #expect(frame[1, 0].text == "模")
    #expect(frame[2, 0].text == "")
  }

  @Test("overwriting one half of a wide character blanks the other")
  func separatesHalves() {
    var right = Frame(size: Size(columns: 4, rows: 1))
    right.write("模型", column: 0, row: 0)
    right.write("x", column: 1, row: 0)
    #expect(right.cells.map(\.text) == [" ", "x", "型", ""])
    var left = Frame(size: Size(columns: 4, rows: 1))
    left.write("模型", column: 0, row: 0)
    left.write("x", column: 2, row: 0)
    #expect(left.cells.map(\.text) == ["模", "", "x", " "])
    left.write("日", column: 1, row: 0)
    #expect(left.cells.map(\.text) == [" ", "日", "", " "])
  }

  @Test("control characters and escape sequences never reach a cell")
  func holdsNoControls() {
    var frame = Frame(size: Size(columns: 40, rows: 1))
    frame.write("a\u{1B}[31mb\u{7}\u{9B}c\u{202E}d\u{0}\r\ne\tf", column: 0, row: 0)
    let scalars = frame.cells.flatMap { $0.text.unicodeScalars }
    #expect(!scalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
    #expect(!scalars.contains { $0.value == 0x202E })
    #expect(frame.text(0) == "a\u{FFFD}[31mb\u{FFFD}\u{FFFD}c\u{FFFD}d\u{FFFD}  e f")
  }

  @Test("without UTF-8 every character outside ASCII becomes one question mark")
  func replacesInASCII() {
    var frame = Frame(size: Size(columns: 10, rows: 1), isUnicode: false)
    #expect(frame.write("é模x…", column: 0, row: 0) == 4)
    #expect(frame.text(0) == "??x?")
  }

  @Test("a frame of no cells takes everything and shows nothing")
  func survivesEmptySize() {
    var frame = Frame(size: Size(columns: 0, rows: 0))
    #expect(frame.write("x", column: 0, row: 0) == 0)
    frame.restyle(row: 0) { $0.isBold = true }
    #expect(frame.cells.isEmpty)
  }
}
