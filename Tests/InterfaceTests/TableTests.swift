import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Interface

private func snapshot(_ downloads: [Download]) -> Event {
  .snapshot(
    BoardSnapshot(
      downloads: downloads, backend: BackendState(name: "local", connection: .online)))
}

private let four = [
  download(1, "delta.bin", total: 40, bytes: 10), download(2, "alpha.bin", .failed, total: 10),
  download(3, "charlie.bin", total: 40, bytes: 30), download(4, "bravo.bin", .completed, total: 20),
]

extension State {
  fileprivate var names: [String] { list.visible.map { list.downloads[$0].name } }
}

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
    _ = state.apply(snapshot(Array(four.dropFirst())))
    #expect(state.list.selected?.name == "alpha.bin")
    #expect(state.list.selectedRow == 0)
  }

  @Test("moving figures change places every two seconds at the most")
  func isCalm() throws {
    var state = try screen([download(1, "a", speed: 1), download(2, "b", speed: 2)])
    _ = state.type(":sort speed")
    state.tap(.enter)
    #expect(state.names == ["b", "a"])
    _ = state.apply(snapshot([download(1, "a", speed: 9), download(2, "b", speed: 2)]))
    #expect(state.names == ["b", "a"])
    _ = state.apply(.clock(noon.addingTimeInterval(2)))
    _ = state.apply(snapshot([download(1, "a", speed: 9), download(2, "b", speed: 2)]))
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

@Suite("Marking downloads")
struct MarkTests {
  @Test("actions are done to all that are marked, else to the one under the cursor")
  func targets() throws {
    var state = try screen([download(1, "a"), download(2, "b"), download(3, "c")])
    state.tap(.character("g"), .character(" "), .character(" "))
    #expect(state.list.selected?.name == "c")
    #expect(state.tap(.character("d")) == [.cancel([identifier(1), identifier(2)])])
    #expect(state.message?.text == "Cancelling 2 downloads; u takes it back.")
    state.tap(.escape)
    #expect(state.tap(.character("d")) == [.cancel([identifier(3)])])
  }

  @Test("a range goes from where v was pressed to where it is pressed again")
  func range() throws {
    var state = try screen((1...5).map { download($0, "\($0)") })
    state.tap(.character("g"), .down, .character("v"), .down, .down, .character("v"))
    #expect(state.list.marked == [identifier(2), identifier(3), identifier(4)])
    state.tap(.character("i"))
    #expect(state.list.marked == [identifier(1), identifier(5)])
    state.tap(.character("*"))
    #expect(state.list.marked.count == 5)
  }

  @Test("while the cursor moves the range is marked up to it, and actions are done to it")
  func liveRange() throws {
    var state = try screen((1...5).map { download($0, "\($0)") }, rows: 12)
    func marks() -> [Bool] { (2...6).map { state.frame()[1, $0].text == "*" } }
    state.tap(.character("g"), .down, .character("v"))
    #expect(marks() == [false, true, false, false, false])
    state.tap(.down, .down)
    #expect(marks() == [false, true, true, true, false])
    #expect(state.frame().text(0).contains("3 marked"))
    state.tap(.up, .up, .up)
    #expect(marks() == [true, true, false, false, false])
    #expect(state.tap(.character("d")) == [.cancel([identifier(1), identifier(2)])])
  }

  @Test("Esc gives up the range, and only then the marks")
  func rangeGivenUp() throws {
    var state = try screen((1...5).map { download($0, "\($0)") })
    state.tap(.character("g"), .character(" "), .character("v"), .down, .escape)
    #expect(state.list.targets.map(\.name) == ["1"])
    state.tap(.escape)
    #expect(state.list.targets.map(\.name) == ["3"])
  }

  @Test("marks stay with their downloads, and go with them")
  func byIdentity() throws {
    var state = try screen([download(1, "a"), download(2, "b"), download(3, "c")], rows: 8)
    state.tap(.character("g"), .character(" "), .character(" "))
    _ = state.apply(snapshot([download(3, "c"), download(2, "b")]))
    #expect(state.list.marked == [identifier(2)])
    #expect(state.frame().text(3).hasPrefix(" *b"))
    #expect(state.frame().text(0).contains("1 marked"))
  }

  @Test("y and a letter copy a part of each, one a line")
  func copies() throws {
    var hashed = download(1, "a")
    hashed.hash = "blake3:00"
    var state = try screen([hashed, download(2, "b")])
    state.tap(.character("*"), .character("y"))
    #expect(state.frame().text(23) == "u link  p path  h hash  j JSON")
    #expect(state.tap(.character("h")) == [.copy("blake3:00")])
    #expect(state.tap(.character("y"), .character("p")) == [])
    #expect(state.message?.text == "There is no path yet.")
    #expect(state.level == .table)
  }
}

@Suite("Finding and filtering")
struct FindingTests {
  @Test("/ finds while typing, n and N go on, and nothing is hidden")
  func finds() throws {
    var state = try screen(four)
    state.tap(.character("g"), .character("/"))
    _ = state.type("a.bin")
    #expect(state.list.selected?.name == "delta.bin")
    state.tap(.enter, .character("n"))
    #expect(state.list.selected?.name == "alpha.bin")
    state.tap(.character("n"))
    #expect(state.list.selected?.name == "delta.bin")
    state.tap(.character("N"))
    #expect(state.list.selected?.name == "alpha.bin")
    #expect(state.names.count == 4)
  }

  @Test("Esc while searching puts the cursor back")
  func searchGivenUp() throws {
    var state = try screen(four)
    state.tap(.character("/"))
    _ = state.type("delta")
    #expect(state.list.selected?.name == "delta.bin")
    state.tap(.escape)
    #expect(state.list.selected?.name == "bravo.bin")
  }

  /// The characters of a row that are underlined.
  private func underlined(_ row: Int, of state: State) -> String {
    let frame = state.frame()
    return (0..<frame.size.columns).map { frame[$0, row] }
      .filter(\.style.isUnderlined).map(\.text).joined()
  }

  private func search(_ text: String, in downloads: [Download], columns: Int = 60) throws -> State {
    var state = try screen(downloads, columns: columns, rows: 10)
    state.tap(.character("/"))
    _ = state.type(text)
    return state
  }

  @Test("what is found is underlined, and nothing else")
  func underlines() throws {
    let state = try search("HARLIE.", in: four)
    #expect((2...5).map { underlined($0, of: state) } == ["", "", "harlie.", ""])
  }

  @Test("a word is underlined each time it stands there, in tags too, and wide ones as a whole")
  func underlinesEach() throws {
    let tagged = [download(1, "ab_模型_AB.bin", tags: ["abc"])]
    let found = try search("ab", in: tagged, columns: 100)
    #expect(underlined(2, of: found) == "abABab")
    #expect(underlined(2, of: try search("型", in: tagged)) == "型")
  }

  @Test(
    "what the name's shortening hides is underlined as its dots, what no cell shows as the name")
  func underlinesHidden() throws {
    let long = [download(1, "a-name-that-is-hidden-here-in-its-middle-part.bin")]
    #expect(
      underlined(2, of: try search("hidden-here", in: long, columns: 40)).allSatisfy { $0 == "…" })
    #expect(underlined(2, of: try search("huggingface", in: four)) == "delta.bin")
    #expect(underlined(2, of: try search("size>30", in: four)) == "delta.bin")
  }

  @Test("what is excluded is not underlined, the rest of the words is")
  func underlinesWanted() throws {
    #expect(underlined(2, of: try search("delta & !alpha", in: four)) == "delta")
  }

  @Test("what is new is found too, and what was renamed no longer")
  func findsNew() throws {
    var state = try search("echo", in: four)
    state.tap(.enter)
    _ = state.apply(snapshot(four + [download(5, "echo.bin")]))
    state.tap(.character("n"))
    #expect(state.list.selected?.name == "echo.bin")
    _ = state.apply(snapshot(four + [download(5, "foxtrot.bin")]))
    #expect(!state.list.isFound(4))
  }

  @Test("a mistake in a filter is said and marked where it stands, and the last filter goes on")
  func mistake() throws {
    var state = try screen(four, columns: 60, rows: 10)
    state.tap(.character("f"))
    _ = state.type("size>15")
    _ = state.apply(.paste(" & speed>x"))
    #expect(state.names == ["delta.bin", "charlie.bin", "bravo.bin"])
    let frame = state.frame()
    #expect(frame.text(8) == "Filter: size>15 & speed>x")
    #expect(!frame.text(9).isEmpty)
    #expect(frame[24, 8].style.isUnderlined)
    #expect(!frame[18, 8].style.isUnderlined)
    state.tap(.enter)
    #expect(state.level == .prompt)
  }

  @Test("Tab completes the names of fields")
  func completes() throws {
    var state = try screen(four)
    state.tap(.character("f"))
    _ = state.type("a & stat")
    state.tap(.tab)
    #expect(state.prompt?.field.text == "a & state:failed")
  }

  @Test("digits show saved views, and :save-view saves what is shown")
  func views() throws {
    var state = try screen(four)
    state.tap(.character("4"))
    #expect(state.names == ["alpha.bin"])
    state.tap(.character("1"))
    #expect(state.names.count == 4)
    state.tap(.character("9"))
    #expect(
      state.message?.text == "Nothing is saved at 9; :save-view 9 NAME saves what is shown.")
    _ = state.type(":filter size>15")
    state.tap(.enter)
    _ = state.type(":save-view 9 large ones")
    state.tap(.enter, .character("1"), .character("9"))
    #expect(state.frame().text(1).contains("9 large ones"))
    #expect(state.names == ["delta.bin", "charlie.bin", "bravo.bin"])
  }
}

@Suite("How the table looks")
struct TableLookTests {
  @Test("Z holds news back and shows the newest afterwards")
  func freezes() throws {
    var state = try screen([download(1, "a")])
    state.tap(.character("Z"))
    #expect(state.frame().text(0).contains("frozen"))
    _ = state.apply(snapshot([download(1, "a"), download(2, "b")]))
    _ = state.apply(snapshot([download(1, "a", .completed), download(2, "b")]))
    #expect(state.names == ["a"])
    let commands = state.tap(.character("Z"))
    #expect(state.names == ["a", "b"])
    #expect(commands.contains { if case .ended = $0 { true } else { false } })
  }

  @Test("columns are shown, hidden and moved, the name stays, and what has no room goes")
  func columns() throws {
    var state = try screen(four, columns: 60, rows: 12)
    state.tap(.character("c"), .character(" "))
    #expect(state.message?.text == "The name is always shown.")
    state.tap(.down, .character(" "))
    #expect(!state.tableColumns.slots.map(\.column).contains(.size))
    state.tap(.character("J"), .escape)
    #expect(state.tableColumns.slots.map(\.column) == [.name, .percent, .bar, .left, .status])
    _ = state.apply(.resize(Size(columns: 40, rows: 12)))
    #expect(state.tableColumns.slots.map(\.column) == [.name, .percent, .status])
  }

  @Test("the chooser as a picture")
  func chooser() throws {
    var state = try screen(four, columns: 60, rows: 12)
    state.tap(.character("c"), .down)
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local      2 active  1 done  1 failed  40 B to come
        Columns
          [x] name         name of the file
        > [x] size         size of the file
          [x] bar          progress as a bar
          [x] percent      progress in percent
          [x] left         time left
          [x] status       state in a word
          [ ] position     place in the order of queueing
          [ ] done         what is there, of the file's size

        ? help  Space show or hide  K to the left  J to the right
        """)
  }

  @Test("two and three lines a download tell more of it")
  func rows() throws {
    var tagged = download(1, "a.bin", .failed, tags: ["flux", "dev"])
    tagged.folder = "loras"
    tagged.failure = DownloadFailure(code: "X", message: "The site hung up.")
    var state = try screen([tagged, download(2, "b.bin")], columns: 60, rows: 11)
    state.tap(.character("g"), .character("z"), .character("z"))
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local                            1 active  1 failed
          Name                Size Progress        Left Status
        > a.bin  flux, dev       – ········    –        ✗ failed
            loras · flux, dev
            The site hung up.
          b.bin                  – ········    –      – ↓ running

            https://huggingface.co/org/repo/resolve/main/2.safetens…

        The site hung up.
        a add  ? help  d cancel  r retry  Enter details  p pause
        """)
  }

  @Test("at 40 columns a second line tells what no column has room for")
  func narrowRows() throws {
    var state = try screen(usualDownloads(), columns: 40, rows: 12)
    state.tap(.character("g"), .down, .down, .character("z"))
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local        2 active  1 failed
          Name                      Status
          sd_xl_base_1.0…      100% ✓ completed
            6.9 GB · sdxl
          civitai-128713       100% ✓ unverified
            2.1 GB
        > flux1-dev-f…-e4m3fn…  41% ↓ running
            5.4/12.9 GB · 88 MB/s · 1m26s left …
          unknown-size.bin        – ↓ running
            42 MB+ · 3.1 MB/s

        a add  ? help  d cancel  r retry
        """)
  }

  @Test("what is there is shown in the unit of the whole, and alone when all of it is there")
  func done() throws {
    var state = try screen(usualDownloads(), columns: 160, rows: 12)
    state.tap(.character("g"))
    let slot = try #require(state.tableColumns.slot(.done))
    let frame = state.frame()
    let cells = (2...8).map { frame.text($0, columns: slot.start..<slot.start + slot.width) }
    #expect(
      cells == [
        "      6.9 GB", "      2.1 GB", " 5.4/12.9 GB", "      42 MB+", "  0.3/1.1 GB",
        "  0.0/315 MB",
        "           –",
      ])
  }

  @Test("every column has a sentence, and every width shows the name")
  func columnsAreComplete() {
    for column in TableColumn.allCases { #expect(!column.explanation.isEmpty) }
    for width in 16...300 {
      let columns = TableColumns(width: width, chosen: TableColumn.allCases)
      #expect(columns.slot(.name) != nil)
      let end = columns.slots.map { $0.start + $0.width }.max() ?? 0
      #expect(end <= width || columns.slots.count == 1, "at \(width)")
    }
  }
}

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

@Suite("A second pane")
struct SidePaneTests {
  @Test("at 100 columns the details stand at the right and follow the cursor")
  func right() throws {
    var state = try screen(four, columns: 100, rows: 14)
    state.tap(.character("g"), .character("'"))
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local                                              2 active  1 done  1 failed  40 B to come
          Name                                       Status       │ delta.bin
        > delta.bin                              25% ↓ running    │ Status       running
          alpha.bin                                – ✗ failed     │ Progress     10 B of 40 B, 25%
          charlie.bin                            75% ↓ running    │ Speed        –
          bravo.bin                             100% ✓ completed  │ Time left    –
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

        a add  ? help  d cancel  r retry  Enter details  p pause
        """)
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
    #expect(small.message?.text.contains("takes 100 columns, or 24 lines") == true)
  }

  @Test("clicks in it do not move the cursor")
  func clicks() throws {
    var state = try screen(four, columns: 100, rows: 14)
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
    var state = try screen([task], columns: 100, rows: 14, backend: backend)
    #expect(state.apply(.clock(noon)) == [])
    #expect(state.tap(.character("'")).contains(.trace(identifier(1))))
    #expect(state.apply(.clock(noon)) == [.trace(identifier(1))])
  }
}

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
