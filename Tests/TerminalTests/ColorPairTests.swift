import Interface
import Testing

@testable import Terminal

extension TerminalScreenTests {
  @Test("However many pictures were shown, text keeps its colours")
  func manyPairs() async throws {
    try await PseudoTerminal.withScreen(columns: 80, rows: 24) { screen, terminal in
      let size = Size(columns: 80, rows: 24)
      for picture in 0..<60 {
        var frame = Frame(size: size)
        for row in 0..<23 {
          for column in 0..<80 {
            let number = picture * 1840 + row * 80 + column
            let style = Style(
              foreground: .palette(UInt8(16 + number % 239)),
              background: .palette(UInt8(16 + number / 239 % 239)))
            frame.write("x", column: column, row: row, style: style)
          }
        }
        screen.present(frame)
        _ = terminal.takeOutput()
      }
      var frame = Frame(size: size)
      frame.write("late", column: 0, row: 23, style: Style(foreground: .red, background: .blue))
      screen.present(frame)
      let text = terminal.takeText()
      for part in ["\u{1B}[31m", "\u{1B}[44m", "late"] {
        #expect(text.contains(part), "\(text.suffix(200).debugDescription)")
      }
    }
  }
}
