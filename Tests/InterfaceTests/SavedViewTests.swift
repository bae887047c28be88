import ComfyAPI
import Downloads
import Testing

@testable import Interface

@Suite("Saved views")
struct SavedViewTests {
  private func remembered(_ commands: [Command]) throws -> ScreenSettings {
    let settings = commands.compactMap { command -> ScreenSettings? in
      if case .saveSettings(let settings) = command { settings } else { nil }
    }
    return try WireFormat.decode(
      ScreenSettings.self, from: WireFormat.encodeText(try #require(settings.last)).utf8)
  }

  @Test("a view keeps columns and the height of rows, and the table without it has its own again")
  func look() throws {
    var state = try screen(four, columns: 80)
    state.tap(.character("z"), .character("c"), .down, .character(" "), .escape)
    _ = state.type(":save-view 7 mine")
    let kept = try remembered(state.tap(.enter))
    var next = try screen(four, columns: 80, settings: kept)
    next.tap(.character("z"), .character("c"), .character("r"), .escape)
    #expect(next.tableLook.linesPerRow == 3)
    next.tap(.character("7"))
    #expect(next.tableLook.linesPerRow == 2)
    #expect(next.tableColumns.slot(.size) == nil)
    next.tap(.escape)
    #expect(next.tableLook.linesPerRow == 3)
    #expect(next.tableColumns.slot(.size) != nil)
  }

  @Test("a number that is no key is refused", arguments: ["11 foo", "10", "3foo", "foo"])
  func wrongKey(_ text: String) throws {
    var state = try screen(four, columns: 80)
    let before = state.table.views.count
    _ = state.type(":save-view " + text)
    state.tap(.enter)
    #expect(state.message?.text == "A view is saved at one of the keys 1 to 9 and 0.")
    #expect(state.table.views.count == before)
    #expect(state.table.views["1"]?.name != "1 foo")
  }

  @Test("what is sorted inside a view is kept by it, and the table keeps its own order")
  func order() throws {
    var state = try screen(four, columns: 80)
    state.tap(.character("1"))
    _ = state.type(":sort name")
    let kept = try remembered(state.tap(.enter))
    #expect(state.names.first == "alpha.bin")
    state.tap(.escape)
    #expect(state.names == four.map(\.name))
    var next = try screen(four, columns: 80, settings: kept)
    #expect(next.names == four.map(\.name))
    next.tap(.character("1"))
    #expect(next.names.first == "alpha.bin")
  }

  @Test("its name stands in the table's title line until it is left")
  func name() throws {
    var state = try screen(four, columns: 60, rows: 10)
    state.tap(.character("4"))
    #expect(state.frame().text(1).hasPrefix("  Name  4 failed"))
    state.tap(.character("f"))
    _ = state.type(" & alpha")
    state.tap(.enter)
    #expect(state.frame().text(1).hasPrefix("  Name  4 failed"))
    state.tap(.escape)
    #expect(!state.frame().text(1).contains("failed"))
  }

  @Test("columns that are sorted by and not shown are named there too")
  func hiddenOrder() throws {
    var state = try screen(four, columns: 80)
    for column in ["name", "age"] {
      _ = state.type(":sort \(column)")
      state.tap(.enter)
    }
    #expect(state.frame().text(1).hasPrefix("  Name▲2  by age▲"))
  }

  @Test("what was kept before views had columns is read")
  func oldSettings() throws {
    let old = """
      {"table": {"columns": ["name", "speed"], "linesPerRow": 3, "order": {"keys": []},
        "views": {"9": {"name": "big", "filter": "size>15", "order":
        {"keys": [{"column": "name", "isDescending": true}]}}}}}
      """
    let settings = try WireFormat.decode(ScreenSettings.self, from: old.utf8)
    var state = try screen(four, settings: settings)
    #expect(state.tableColumns.slots.map(\.column) == [.name, .speed])
    state.tap(.character("9"))
    #expect(state.names == ["delta.bin", "charlie.bin", "bravo.bin"])
    #expect(state.tableLook.linesPerRow == 3)
  }

  @Test("a filter with a mistake is not saved")
  func mistake() throws {
    var state = try screen(four)
    _ = state.type(":filter size>x")
    state.tap(.enter)
    _ = state.type(":save-view 7")
    state.tap(.enter)
    #expect(state.settings.table.views["7"] == nil)
    #expect(state.message?.kind == .problem)
  }
}
