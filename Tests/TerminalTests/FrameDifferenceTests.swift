import Interface
import Testing

@testable import Terminal

@Suite("What is written of a frame") struct FrameDifferenceTests {
  private let size = Size(columns: 6, rows: 2)

  private func frame(_ rows: String..., style: Style = .standard) -> Frame {
    var frame = Frame(size: size)
    for (row, text) in rows.enumerated() { frame.write(text, column: 0, row: row, style: style) }
    return frame
  }

  private func places(from old: Frame?, to new: Frame, within bounds: Size? = nil) -> [String] {
    FrameDifference(from: old, to: new, within: bounds ?? size).changes
      .map { "\($0.column),\($0.row):\($0.cell.text)" }
  }

  @Test("Nothing, when nothing has changed")
  func equal() {
    #expect(places(from: frame("abc"), to: frame("abc")) == [])
  }

  @Test("The changed cells alone")
  func changed() {
    #expect(places(from: frame("abc", "def"), to: frame("abX", "dYf")) == ["2,0:X", "1,1:Y"])
  }

  @Test("A change of style is a change")
  func style() {
    let bold = frame("a", style: Style(isBold: true))
    #expect(places(from: frame("a"), to: bold) == ["0,0:a"])
  }

  @Test("Everything, when it is not known what stands there or the size is another")
  func unknown() {
    #expect(places(from: nil, to: frame("abc")).count == 12)
    #expect(places(from: Frame(size: Size(columns: 5, rows: 2)), to: frame("abc")).count == 12)
  }

  @Test("A wide character is written once, and its halves are both replaced")
  func wide() {
    #expect(places(from: frame("ab"), to: frame("日")) == ["0,0:日"])
    #expect(places(from: frame("日"), to: frame("ab")) == ["0,0:a", "1,0:b"])
  }

  @Test("What lies outside of the terminal is left out")
  func clipped() {
    let bounds = Size(columns: 2, rows: 1)
    #expect(places(from: nil, to: frame("abc", "def"), within: bounds) == ["0,0:a", "1,0:b"])
  }
}
