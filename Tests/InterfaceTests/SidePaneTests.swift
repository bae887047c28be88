import Downloads
import Testing

@testable import Interface

@Suite("A second pane")
struct SidePaneTests {
  @Test("at 103 columns the details stand at the right and follow the cursor")
  func right() throws {
    var state = try screen(four, columns: 103, rows: 14)
    state.tap(.character("g"), .character("'"))
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local                                                 2 active  1 done  1 failed  40 B to come
          Name                Size Progress        Left Status       │ delta.bin
        > delta.bin           40 B ██······  25%      – ↓ running    │ Status       running
          alpha.bin           10 B ········    –        ✗ failed     │ Progress     10 B of 40 B, 25%
          charlie.bin         40 B ██████··  75%      – ↓ running    │ Speed        –
          bravo.bin           20 B ████████ 100%        ✓ completed  │ Time left    –
                                                                     │ Link         https://huggingface.co/org/
                                                                     │              repo/resolve/main/1.safeten
                                                                     │              sors
                                                                     │ Folder       –
                                                                     │ Path         –
                                                                     │ Tags         –

        a add  ? help  d cancel  r retry  Enter details  p pause  f filter  / search  Tab library  q leave
        """)
    state.tap(.character("j"))
    #expect(state.frame().text(1).hasSuffix("│ alpha.bin"))
  }

  @Test("on a narrow and tall screen they stand below")
  func below() throws {
    var state = try screen(four, columns: 60, rows: 24)
    state.tap(.character("g"), .character("'"))
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local      2 active  1 done  1 failed  40 B to come
          Name                Size Progress        Left Status
        > delta.bin           40 B ██······  25%      – ↓ running
          alpha.bin           10 B ········    –        ✗ failed
          charlie.bin         40 B ██████··  75%      – ↓ running
          bravo.bin           20 B ████████ 100%        ✓ completed







        delta.bin ──────────────────────────────────────────────────
        Status       running
        Progress     10 B of 40 B, 25%
        Speed        –
        Time left    –
        Link         https://huggingface.co/org/repo/resolve/main/1.
                     safetensors
        Folder       –
        Path         –

        a add  ? help  d cancel  r retry  Enter details  q leave
        """)
  }

  @Test(
    "they stand at the right only where that leaves the table 60 columns",
    arguments: [(100, nil), (102, nil), (103, 40), (110, 44), (200, 80)])
  func enough(columns: Int, pane: Int?) throws {
    var state = try screen(four, columns: columns, rows: 30)
    state.tap(.character("'"))
    #expect(state.sidePane == pane.map(SidePane.right) ?? .below(10))
    #expect(state.tableWidth == columns - (pane.map { $0 + 3 } ?? 0))
  }

  @Test("where there is no room the key says so, and one that is open comes back with the room")
  func noRoom() throws {
    var state = try screen(four, columns: 120, rows: 24)
    #expect(state.tap(.character("'")).contains(.saveSettings(state.settings)))
    let whole = TableColumns(width: 60).slots
    _ = state.apply(.resize(Size(columns: 60, rows: 12)))
    #expect(state.tableColumns.slots == whole)
    _ = state.apply(.resize(Size(columns: 120, rows: 24)))
    #expect(state.sidePane == .right(48))
    var small = try screen(four, columns: 60, rows: 12)
    #expect(small.tap(.character("'")) == [])
    #expect(small.message?.text.contains("takes 103 columns, or 24 lines") == true)
  }

  @Test("clicks in it do not move the cursor")
  func clicks() throws {
    var state = try screen(four, columns: 103, rows: 14)
    state.tap(.character("'"))
    _ = state.apply(.mouse(MouseEvent(.left, at: Position(column: 90, row: 2))))
    #expect(state.list.selected?.name == "bravo.bin")
    #expect(state.level == .table)
  }

  @Test("once a second the backend is asked what the transfer meets")
  func trace() throws {
    var task = download(1, "a")
    task.taskID = "1"
    let backend = BackendState(name: "local", connection: .online, abilities: [.trace])
    var state = try screen([task], columns: 103, rows: 14, backend: backend)
    #expect(state.apply(.clock(noon)) == [])
    #expect(state.tap(.character("'")).contains(.trace(identifier(1))))
    #expect(state.apply(.clock(noon)) == [.trace(identifier(1))])
  }
}
