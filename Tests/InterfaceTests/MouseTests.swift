import Downloads
import Testing

@testable import Interface

@Suite("The mouse")
struct MouseTests {
  @Test("a click takes the cursor to a row, and opens the row under it")
  func rows() throws {
    var state = try screen(four, rows: 12)
    _ = state.apply(.mouse(MouseEvent(.left, at: Position(column: 5, row: 3))))
    #expect(state.list.selected?.name == "alpha.bin")
    _ = state.apply(.mouse(MouseEvent(.left, at: Position(column: 5, row: 3))))
    #expect(state.level == .detail)
  }

  @Test("a click on a column's title sorts by it, a second one the other way round")
  func titles() throws {
    var state = try screen(four, rows: 12)
    let title = MouseEvent(.left, at: Position(column: 3, row: 1))
    _ = state.apply(.mouse(title))
    #expect(state.names.first == "alpha.bin")
    _ = state.apply(.mouse(title))
    #expect(state.names.first == "delta.bin")
  }

  @Test("the wheel moves, and clicks beside everything do nothing")
  func wheel() throws {
    var state = try screen(four, rows: 12)
    _ = state.apply(.mouse(MouseEvent(.wheelUp, at: Position(column: 0, row: 0))))
    #expect(state.list.selectedRow == 0)
    for row in [0, 9, 10, 11, 500] {
      _ = state.apply(.mouse(MouseEvent(.left, at: Position(column: 900, row: row))))
    }
    #expect(state.list.selectedRow == 0)
    #expect(state.level == .table)
  }

  @Test("it is off at first, and M turns it on")
  func isOptional() throws {
    var state = try screen(four)
    #expect(!state.modes.hasMouse)
    state.tap(.character("M"))
    #expect(state.modes.hasMouse)
  }

  @Test("the window's title tells how far everything is")
  func title() throws {
    #expect(try screen(four).modes.title == "winch: 2 to come, 50%")
    #expect(try screen([]).modes.title == "winch")
  }
}
