import Downloads
import Testing

@testable import Interface

@Suite("How the table looks")
struct TableLookTests {
  @Test("Z holds news back and shows the newest afterwards")
  func freezes() throws {
    var state = try screen([download(1, "a")])
    state.tap(.character("Z"))
    #expect(state.frame().text(0).contains("frozen"))
    _ = state.apply(news([download(1, "a"), download(2, "b")]))
    _ = state.apply(news([download(1, "a", .completed), download(2, "b")]))
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

        ? help  Space show or hide  K to the left  Esc back
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
        a add  ? help  d cancel  r retry  Enter details  q leave
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
          civitai-128713       100% ≈ unverified
            2.1 GB
        > flux1-dev-f…-e4m3fn…  41% ↓ running
            5.4/12.9 GB · 88 MB/s · 1m26s left …
          unknown-size.bin        – ↓ running
            42 MB+ · 3.1 MB/s

        a add  ? help  d cancel  q leave
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
