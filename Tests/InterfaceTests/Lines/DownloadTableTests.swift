import Downloads
import Testing

@testable import Interface

@Suite("Downloads as lines outside of the screen")
struct DownloadTableTests {
  private func lines(
    _ downloads: [Download], _ medium: LineMedium, selection: ListSelection? = nil
  ) throws -> String {
    let table = DownloadTable(
      selection, medium: medium, hosts: try testHosts(), isOnline: true, now: noon)
    return table.lines(downloads).map(medium.text).joined(separator: "\n")
  }

  private func usual() -> [Download] {
    var downloads = usualDownloads()
    downloads[0].folder = "checkpoints"
    return downloads
  }

  @Test("a terminal of 100 columns gets titles, marks, and why one failed below it")
  func wide() throws {
    #expect(
      try lines(usual(), LineMedium(width: 100)) == """
        Id        Status                Size     Speed   Left  Name
        00000000  ✓ completed   100%  6.9 GB                   checkpoints/sd_xl_base_1.0.safetensors
        00000000  ≈ unverified  100%  2.1 GB                   civitai-128713
        00000000  ↓ running      41%   13 GB   88 MB/s  1m26s  flux1-dev-fp8-with-a-rather-long-name-e4m3fn…
        00000000  ↓ running        –  42 MB+  3.1 MB/s      –  unknown-size.bin
        00000000  ✗ failed       25%  1.1 GB                   ae.safetensors
                  The licence of org/repo is not accepted.
        00000000  ∘ queued        0%  315 MB         –      –  vae.safetensors
        00000000  · queued         –       –         –      –  lora.safetensors
        """)
  }

  @Test("40 columns leave out what moves, then the figures, so that the name has room")
  func narrow() throws {
    #expect(
      try lines(usual(), LineMedium(width: 40)) == """
        Id        Status        Name
        00000000  ✓ completed   checkpoin…e_1.0…
        00000000  ≈ unverified  civitai-128713
        00000000  ↓ running     flux1-dev…4m3fn…
        00000000  ↓ running     unknown-size.bin
        00000000  ✗ failed      ae.safetensors
                  The licence of org/repo is no…
        00000000  ∘ queued      vae.safetensors
        00000000  · queued      lora.safetensors
        """)
  }

  @Test("a column that says nothing of any of them is left out")
  func empty() throws {
    let done = download(1, "a.safetensors", .completed, total: 1_000_000, bytes: 1_000_000)
    #expect(
      try lines([done], LineMedium(width: 80)) == """
        Id        Status               Size  Name
        00000000  ✓ completed  100%  1.0 MB  a.safetensors
        """)
    #expect(try lines([], LineMedium(width: 80)) == "")
  }

  @Test("what is sorted by has a column of its own")
  func sorted() throws {
    let selection = try ListSelection(sort: "tags")
    let text = try lines(usual(), LineMedium(width: 120), selection: selection)
    #expect(text.contains("flux, dev"))
    #expect(text.hasPrefix("Id        Status"))
  }

  @Test("a file or pipe gets whole lines of the same columns, one each, without marks or colours")
  func pipe() throws {
    #expect(
      try lines(usual(), LineMedium()) == """
        00000000  completed   100%  6.9 GB         -      -  checkpoints/sd_xl_base_1.0.safetensors
        00000000  unverified  100%  2.1 GB         -      -  civitai-128713
        00000000  running      41%   13 GB   88 MB/s  1m26s  flux1-dev-fp8-with-a-rather-long-name-e4m3fn.safetensors
        00000000  running        -  42 MB+  3.1 MB/s      -  unknown-size.bin
        00000000  failed       25%  1.1 GB         -      -  ae.safetensors  (The licence of org/repo is not accepted.)
        00000000  queued        0%  315 MB         -      -  vae.safetensors
        00000000  queued         -       -         -      -  lora.safetensors
        """)
  }

  @Test("a terminal without UTF-8 gets ASCII alone")
  func ascii() throws {
    let text = try lines(usual(), LineMedium(width: 60, isUnicode: false))
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(text.contains("+ completed"))
  }

  @Test("colours are those of the eight, and each ends where it began")
  func colors() throws {
    let done = download(1, "a.safetensors", .completed, total: 1_000_000, bytes: 1_000_000)
    let text = try lines([done], LineMedium(width: 80, isStyled: true))
    #expect(text.contains("\u{1B}[32m✓ completed\u{1B}[m"))
    #expect(text.contains("\u{1B}[2m00000000\u{1B}[m"))
  }

  @Test("why one waits stands below it in a terminal, and behind it elsewhere")
  func waiting() throws {
    var held = download(1, "a.safetensors", .created, total: 1_000_000, bytes: 0, phase: .waiting)
    held.waitReason = "Waiting for 60 kB on the models' disk."
    let shown = try lines([held], LineMedium(width: 40))
    #expect(shown.split(separator: "\n").last == "          Waiting for 60 kB on the mode…")
    let written = try lines([held], LineMedium(width: nil))
    #expect(written.hasSuffix("a.safetensors  (Waiting for 60 kB on the models' disk.)"))
  }

  @Test("text from outside cannot reach the terminal as a sequence", arguments: [nil, 60])
  func hostile(width: Int?) throws {
    var bad = download(1, "a\u{1B}[2J\u{202E}b\nc", .failed)
    bad.folder = "x\u{9B}31m"
    bad.tags = ["t\u{1B}]0;x\u{07}"]
    bad.failure = DownloadFailure(code: "E\u{1B}c", message: "no\u{1B}[1m\r\nno")
    for column in ListSelection.sortNames {
      let text = try lines(
        [bad], LineMedium(width: width), selection: ListSelection(sort: column))
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
      #expect(!text.unicodeScalars.contains { $0.value == 0x9B || $0.value == 0x202E })
      #expect(text.split(separator: "\n").count == (width == nil ? 1 : 3))
    }
  }

  @Test("no line is wider than the terminal", arguments: [1, 10, 20, 40, 60, 80, 120])
  func fits(width: Int) throws {
    for column in ListSelection.sortNames {
      let table = DownloadTable(
        try ListSelection(sort: column), medium: LineMedium(width: width), hosts: try testHosts(),
        isOnline: true, now: noon)
      for line in table.lines(usual()) { #expect(line.columns <= max(width, 12), "\(line.text)") }
    }
  }
}

@Suite("What a list outside of the screen shows")
struct ListSelectionTests {
  private func names(
    _ filters: [String] = [], sort: String? = nil, isReversed: Bool = false
  ) throws -> [String] {
    try ListSelection(filters: filters, sort: sort, isReversed: isReversed)
      .chosen(from: four, hosts: testHosts(), isOnline: true, now: noon).map(\.name)
  }

  @Test("all in the order of the queue, or the other way round")
  func queue() throws {
    let all = four.map(\.name)
    #expect(try names() == all)
    #expect(try names(sort: "queue") == all)
    #expect(try names(isReversed: true) == all.reversed())
  }

  @Test("is sorted by a column of the screen as the screen sorts by it")
  func sorted() throws {
    #expect(try names(sort: "name") == ["alpha.bin", "bravo.bin", "charlie.bin", "delta.bin"])
    #expect(try names(sort: "size").last == "alpha.bin")
    #expect(try names(sort: "size", isReversed: true).first == "alpha.bin")
    for column in ListSelection.sortNames { #expect(try names(sort: column).count == 4) }
  }

  @Test("takes the screen's filters, all of them at once")
  func filters() throws {
    #expect(try names(["state:failed"]) == ["alpha.bin"])
    #expect(try names(["size=40", "bin"]) == ["delta.bin", "charlie.bin"])
    #expect(try names(["a | b", "size=20"]) == ["bravo.bin"])
    #expect(try names(["nowhere"]) == [])
  }

  @Test("a mistake in a filter is shown where it is, with what a filter looks like")
  func mistakes() throws {
    let mistake = try #require(throws: ListMistake.self) {
      _ = try ListSelection(filters: ["tag:flux & siz>5G"])
    }
    #expect(
      mistake.lines == [
        "The filter cannot be read: There is no field siz; is size meant?",
        "  tag:flux & siz>5G", "             ^^^",
        "Filters are those of the screen, in quotes: 'size>5G & !tag:flux', state:failed,"
          + " src:civitai.",
      ])
    let end = try #require(throws: ListMistake.self) {
      _ = try ListSelection(filters: ["(a\u{1B}"])
    }
    #expect(!end.lines.joined().contains("\u{1B}"))
  }

  @Test("a column that there is not brings the nearest, or all of them")
  func columns() throws {
    let near = try #require(throws: ListMistake.self) { _ = try ListSelection(sort: "siez") }
    #expect(near.lines.last == "Did you mean size?")
    let far = try #require(throws: ListMistake.self) { _ = try ListSelection(sort: "xxxxxxxx") }
    #expect(far.lines.last?.contains("queue, name, size") == true)
    #expect(throws: ListMistake.self) { _ = try ListSelection(sort: "position") }
  }

  @Test("a filter that is a field's name alone was cut off by the shell")
  func cutOff() throws {
    #expect(try ListSelection(filters: ["size"]).fieldWithoutValue == "size")
    #expect(try ListSelection(filters: ["size>1", "flux"]).fieldWithoutValue == nil)
  }

  // MARK: Stored files

  private func storedLines(_ medium: LineMedium, sort: String? = nil) throws -> String {
    var files = (1...3).map { number in
      LibraryAsset(
        id: "\(number)2345678-0000-4000-8000-000000000000", name: "\(number).safetensors",
        createdAt: noon)
    }
    files[0].folder = "loras"
    files[0].size = 144_000_000
    files[0].tags = ["style", "ink", "a rather long one"]
    files[0].isVerified = true
    files[1].isVerified = false
    files[2].lastCheck = .missing
    let selection = try ListSelection(sort: sort, isStored: true)
    let table = DownloadTable(
      ofStoredFiles: selection, medium: medium, hosts: try testHosts(), now: noon)
    return table.lines(selection.chosen(from: files, hosts: try testHosts(), now: noon))
      .map(medium.text).joined(separator: "\n")
  }

  @Test("stored files have their id, state, size and tags, and what is wrong below them")
  func stored() throws {
    #expect(
      try storedLines(LineMedium(width: 90)) == """
        Id        Status          Size  Tags                      Name
        12345678  ✓ verified    144 MB  style, ink, a rather lo…  loras/1.safetensors
        22345678  – unverified       –                            2.safetensors
        32345678  ✗ missing          –                            3.safetensors
                  There is no file under this path.
        """)
    #expect(
      try storedLines(LineMedium(), sort: "name").split(separator: "\n").first
        == "12345678  verified    144 MB  style,ink,a rather long one  loras/1.safetensors")
  }

  @Test("a narrow terminal leaves out their tags first")
  func storedNarrow() throws {
    let text = try storedLines(LineMedium(width: 50), sort: "status")
    #expect(text.hasPrefix("Id        Status          Size  Name\n32345678  ✗ missing"), "\(text)")
  }

  @Test(
    "a word with an operator, or with a field that only filters have, is a filter",
    arguments: [
      ("size>5G", true), ("!tag:flux", true), ("a & b", true), ("state:unverified", true),
      ("src:civitai", true), ("tag:flux", false), ("name:x", false), ("loras", false),
      ("*.safetensors", false), ("what:ever", false), ("", false),
    ])
  func filterWord(word: String, isFilter: Bool) {
    #expect(ListSelection.isFilter(word) == isFilter)
  }
}
