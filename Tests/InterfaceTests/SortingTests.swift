import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("Sorting the table")
struct SortingTests {
  @Test("by a column, the other way round, and in the queue's order again")
  func sorts() throws {
    var state = try screen(four)
    _ = state.type(":sort name")
    state.tap(.enter)
    #expect(state.names == ["alpha.bin", "bravo.bin", "charlie.bin", "delta.bin"])
    state.tap(.character("I"))
    #expect(state.names == ["delta.bin", "charlie.bin", "bravo.bin", "alpha.bin"])
    _ = state.type(":sort queue")
    state.tap(.enter)
    #expect(state.names == four.map(\.name))
    #expect(state.message?.text == "In the order of the queue.")
  }

  @Test(
    "where the first column is equal the one sorted by before decides, and the header shows both")
  func twoLevels() throws {
    var state = try screen(four, columns: 80)
    for column in ["name", "size"] {
      _ = state.type(":sort \(column)")
      state.tap(.enter)
    }
    #expect(state.names == ["charlie.bin", "delta.bin", "bravo.bin", "alpha.bin"])
    #expect(
      state.message?.text
        == "Sorted by size, highest first, then name; the queue keeps its own order.")
    #expect(state.frame().text(1).contains("Name▲"))
    #expect(state.frame().text(1).contains("Size▼"))
  }

  @Test("what nobody knows stands last both ways")
  func unknownLast() throws {
    var state = try screen([
      download(1, "a"), download(2, "b", total: 5), download(3, "c", total: 9),
    ])
    _ = state.type(":sort size")
    state.tap(.enter)
    #expect(state.names == ["c", "b", "a"])
    state.tap(.character("I"))
    #expect(state.names == ["b", "c", "a"])
  }

  @Test("the cursor stays on its download when rows change places")
  func cursorFollows() throws {
    var state = try screen(four)
    state.tap(.character("g"))
    _ = state.type(":sort name")
    state.tap(.enter)
    #expect(state.list.selected?.name == "delta.bin")
    #expect(state.list.selectedRow == 3)
  }

  @Test("F leaves the cursor in its row instead, and is remembered")
  func cursorStays() throws {
    var first = try screen(four)
    #expect(first.tap(.character("F")) == [.saveSettings(first.settings)])
    var state = try screen(four, settings: first.settings)
    state.tap(.character("g"))
    _ = state.apply(news(Array(four.dropFirst())))
    #expect(state.list.selected?.name == "alpha.bin")
    #expect(state.list.selectedRow == 0)
  }

  @Test("moving figures change places every two seconds at the most")
  func isCalm() throws {
    var state = try screen([download(1, "a", speed: 1), download(2, "b", speed: 2)])
    _ = state.type(":sort speed")
    state.tap(.enter)
    #expect(state.names == ["b", "a"])
    _ = state.apply(news([download(1, "a", speed: 9), download(2, "b", speed: 2)]))
    #expect(state.names == ["b", "a"])
    _ = state.apply(.clock(noon.addingTimeInterval(2)))
    _ = state.apply(news([download(1, "a", speed: 9), download(2, "b", speed: 2)]))
    #expect(state.names == ["a", "b"])
  }

  @Test("s lists the columns, and Enter sorts by the one under the cursor")
  func pane() throws {
    var state = try screen(four, columns: 60, rows: 10)
    state.tap(.character("s"), .character("j"), .enter)
    #expect(state.names == ["alpha.bin", "bravo.bin", "charlie.bin", "delta.bin"])
    #expect(state.level == .table)
  }

  @Test("it is remembered")
  func isRemembered() throws {
    var first = try screen(four)
    let commands = first.type(":sort name") + first.tap(.enter)
    guard case .saveSettings(let settings)? = commands.last else {
      Issue.record("Nothing was remembered.")
      return
    }
    let kept = try WireFormat.decode(
      ScreenSettings.self, from: WireFormat.encodeText(settings).utf8)
    #expect(try screen(four, settings: kept).names.first == "alpha.bin")
  }
}
