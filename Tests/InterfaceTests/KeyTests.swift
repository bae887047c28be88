import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("The keys")
struct KeyTests {
  private func snapshot(_ downloads: [Download]) -> Event {
    .snapshot(
      BoardSnapshot(
        downloads: downloads, backend: BackendState(name: "local", connection: .online)))
  }

  @Test("r retries what failed or was cancelled", arguments: [DownloadStatus.failed, .cancelled])
  func retries(status: DownloadStatus) throws {
    var state = try screen([download(1, "a.bin", status)])
    #expect(state.tap(.character("r")) == [.retry([identifier(1)])])
  }

  @Test(
    "a key that cannot act says why",
    arguments: [
      (KeyPress.character("r"), "It is running: only a failed or cancelled one can be retried."),
      (.escape, "There is nothing to go back from; q leaves."),
      (.function(5), "F5 does nothing here; ? shows the keys."),
    ])
  func reasons(key: KeyPress, reason: String) throws {
    var state = try screen([download(1, "a.bin")], rows: 8)
    #expect(state.tap(key) == [])
    #expect(state.frame().text(6) == reason)
  }

  @Test("without downloads every key that needs one says so", arguments: ["d", "D", "r", "l", "x"])
  func reasonsWithoutDownloads(key: Character) throws {
    var state = try screen()
    #expect(state.tap(.character(key)) == [])
    #expect(state.message?.text == "There are no downloads yet; a adds some.")
  }

  @Test("q goes back a level and leaves from the table")
  func leaves() throws {
    var state = try screen([download(1, "a.bin")], settings: withoutPictures)
    #expect(state.tap(.enter, .character("?"), .character("q"), .character("q")) == [])
    #expect(state.isRunning)
    #expect(state.level == .table)
    #expect(state.tap(.character("q")) == [.quit])
    #expect(!state.isRunning)
  }

  @Test(
    "Ctrl-C leaves from every level",
    arguments: ["", "a", "/", "f", "c", "s", "y", "l", "?", ":", "L", "D"])
  func leavesFromAnywhere(keys: String) throws {
    var state = try screen([download(1, "a.bin")])
    _ = state.type(keys)
    #expect(state.tap(.control("c")) == [.quit])
    #expect(!state.isRunning)
  }

  @Test("a signal to end leaves")
  func terminates() throws {
    var state = try screen()
    #expect(state.apply(.terminate) == [.quit])
    #expect(!state.isRunning)
  }

  @Test("Ctrl-L draws anew and Ctrl-Z suspends, also while typing", arguments: ["", "a", "/"])
  func redrawsAndSuspends(keys: String) throws {
    var state = try screen()
    _ = state.type(keys)
    #expect(state.tap(.control("l"), .control("z")) == [.redraw, .suspend])
  }

  @Test("leaving says what goes on and what waits")
  func farewell() throws {
    #expect(try screen([download(1, "a", .completed)]).farewell == nil)
    #expect(
      try screen([download(1, "a"), download(2, "b", .created)]).farewell
        == "2 downloads go on; winch shows them again.")
    #expect(
      try screen([download(1, "a"), download(2, "b", .queued)]).farewell
        == "1 download goes on; winch shows them again. "
        + "1 download not sent yet: kept, and sent when winch runs again.")
    #expect(
      try screen([download(1, "a"), download(2, "b", .created, phase: .paused)]).farewell
        == "1 download goes on; winch shows them again. 1 download stays paused.")
  }

  @Test("no two actions of a level claim one key or one name")
  func actionsAreUnique() {
    for level in Level.allCases {
      let actions = ActionTable.actions.filter { $0.levels.contains(level) }
      let keys = actions.flatMap(\.keys)
      #expect(Set(keys).count == keys.count, "at \(level)")
      #expect(Set(actions.map(\.name)).count == actions.count, "at \(level)")
    }
  }

  @Test("the footer shows whole hints only", arguments: [16, 20, 40, 80])
  func footerFits(columns: Int) throws {
    let footer = try screen(columns: columns, rows: 8).frame().text(7)
    let others = "a add  ? help  d cancel  r retry  Enter details  p pause  f filter  / search"
    let first = footer.dropLast("  q leave".count)
    #expect(others == first || others.hasPrefix(first + "  "))
    #expect(footer.hasPrefix("a add"))
  }

  @Test("the way out stays at the footer's end when others have no room", arguments: [20, 40, 80])
  func footerKeepsWayOut(columns: Int) throws {
    var state = try screen([download(1, "a.bin")], columns: columns, rows: 8)
    #expect(state.frame().text(7).hasSuffix("  q leave"))
    state.tap(.enter)
    #expect(state.frame().text(7).hasSuffix("  Esc back"))
    state.tap(.escape, .tab)
    #expect(state.frame().text(7).hasSuffix("Tab downloads"))
    state.tap(.tab, .character("c"))
    #expect(state.frame().text(7).hasSuffix("  Esc back"))
  }

  @Test("a key of the user's stands for the way out")
  func footerKeepsOwnWayOut() throws {
    let keys = KeyMap(changes: ["leave": [.control("x")]])
    let footer = try screen(columns: 40, rows: 8, keys: keys).frame().text(7)
    #expect(footer.hasSuffix("  ^X leave"))
  }

  @Test("outcomes are said in the message line, until the next action")
  func outcomes() throws {
    var state = try screen([download(1, "a.bin")], rows: 8)
    _ = state.apply(.outcome(.problem("The backend refused.")))
    #expect(state.frame().text(6) == "The backend refused.")
    state.tap(.character("j"))
    #expect(state.frame().text(6) == "")
  }

  @Test("an event that changes nothing leaves the frame as it was")
  func steady() throws {
    let downloads = usualDownloads()
    var state = try screen(downloads)
    let before = state.frame()
    _ = state.apply(.clock(noon.addingTimeInterval(60)))
    _ = state.apply(snapshot(downloads))
    #expect(state.frame() == before)
  }
}
