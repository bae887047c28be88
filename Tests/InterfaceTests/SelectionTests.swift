import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("The selection")
struct SelectionTests {
  private func snapshot(_ downloads: [Download]) -> Event {
    .snapshot(BoardSnapshot(downloads: downloads, backend: BackendState(name: "local")))
  }

  private let three = [
    download(1, "a.bin", .failed), download(2, "b.bin"), download(3, "c.bin"),
  ]

  @Test("the newest download is selected at first")
  func beginsAtNewest() throws {
    #expect(try screen(three).list.selection == identifier(3))
  }

  @Test("it stays with its download when others come, go and move")
  func survivesSnapshots() throws {
    var state = try screen(three)
    state.tap(.character("k"))
    _ = state.apply(snapshot([three[2], download(9, "new.bin"), three[1], download(8, "x.bin")]))
    #expect(state.list.selection == identifier(2))
    #expect(state.list.selectedRow == 2)
  }

  @Test("it goes to the row's next download when its own is gone")
  func survivesRemoval() throws {
    var state = try screen(three)
    state.tap(.character("k"))
    _ = state.apply(snapshot([three[0], three[2]]))
    #expect(state.list.selection == identifier(3))
    _ = state.apply(snapshot([]))
    #expect(state.list.selected == nil)
    _ = state.apply(snapshot(three))
    #expect(state.list.selection != nil)
  }

  @Test("keys go by line, half page, page and to the ends, never beyond")
  func moves() throws {
    let many = (1...100).map { download($0, "\($0).bin") }
    var state = try screen(many, rows: 24)
    #expect(state.layout.body.count == 20)
    func row(_ keys: KeyPress...) -> Int? {
      for key in keys { _ = state.apply(.key(key)) }
      return state.list.selectedRow
    }
    #expect(row(.character("j")) == 99)
    #expect(row(.character("g"), .up) == 0)
    #expect(row(.character("j"), .down) == 2)
    #expect(row(.control("d")) == 12)
    #expect(row(.control("f")) == 32)
    #expect(row(.control("u")) == 22)
    #expect(row(.pageUp) == 2)
    #expect(row(.character("G")) == 99)
    #expect(row(.home) == 0)
    #expect(row(.end) == 99)
  }

  @Test("the rows shown follow it, also when the screen shrinks")
  func scrolls() throws {
    let many = (1...100).map { download($0, "\($0).bin") }
    var state = try screen(many, rows: 24)
    #expect(state.list.offset == 80)
    _ = state.apply(.resize(Size(columns: 80, rows: 9)))
    #expect(state.list.offset == 95)
    state.tap(.character("g"))
    #expect(state.list.offset == 0)
  }

  @Test("after a submission it goes to the first of the new downloads")
  func followsSubmission() throws {
    var state = try screen(three)
    _ = state.apply(.paste("https://huggingface.co/o/r/resolve/main/n.safetensors"))
    state.tap(.enter)
    _ = state.apply(snapshot(three))
    #expect(state.list.selection == identifier(3))
    _ = state.apply(snapshot(three + [download(4, "n1.bin"), download(5, "n2.bin")]))
    #expect(state.list.selection == identifier(4))
    _ = state.apply(snapshot(three + (4...9).map { download($0, "n\($0).bin") }))
    #expect(state.list.selection == identifier(4))
  }

  @Test("the filter is live, Enter keeps it and Esc clears it")
  func filters() throws {
    var state = try screen(three, rows: 8)
    state.tap(.character("f"))
    _ = state.type("B.BIN")
    #expect(state.list.visible == [1])
    #expect(state.frame().text(6) == "Filter: B.BIN")
    #expect(state.frame().cursor == Position(column: 13, row: 6))
    state.tap(.enter)
    #expect(state.frame().text(6) == "Filter: B.BIN (1 of 3); Esc clears")
    state.tap(.escape)
    #expect(state.list.visible == [0, 1, 2])
    #expect(state.list.selection == identifier(3))
  }

  @Test("news keep the filter")
  func filterSurvivesSnapshots() throws {
    var state = try screen(three)
    state.tap(.character("f"))
    _ = state.type("b.bin")
    _ = state.apply(snapshot(three + [download(4, "bb.bin"), download(5, "z.bin")]))
    #expect(state.list.visible == [1, 3])
    #expect(state.list.selection == identifier(2))
  }

  @Test("when nothing matches the screen says so")
  func noMatch() throws {
    var state = try screen(three, rows: 10)
    state.tap(.character("f"))
    _ = state.type("zzz")
    #expect(picture(of: state.frame()).contains("Nothing matches \"zzz\"."))
    state.tap(.enter, .character("x"))
    #expect(state.message?.text == "Nothing matches the filter; Esc clears it.")
  }
}
