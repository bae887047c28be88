import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("Choosing files")
struct FilePickerTests {
  private let page = "https://huggingface.co/org/repo"
  private let base = "https://huggingface.co/org/repo/resolve/main/"

  private func file(
    _ path: String, size: Int64? = 5_000_000_000, variant: String? = nil, group: String? = nil,
    isMeant: Bool = false, warnings: [String] = []
  ) throws -> LinkPreview.File {
    LinkPreview.File(
      reference: try ModelReference(base + path, hosts: testHosts()),
      name: FileName.sanitized(path) ?? path, path: path, size: size, variant: variant,
      group: group, folder: FolderSuggestion(repositoryPath: path), isMeant: isMeant,
      warnings: warnings)
  }

  private func repository() throws -> [LinkPreview.File] {
    [
      try file("README.md", size: 3000),
      try file("split_files/vae/ae.safetensors", size: 335_000_000, variant: "fp16"),
      try file("flux1-dev.safetensors", size: 23_800_000_000, variant: "bf16"),
      try file("flux1-dev-Q4_K_S.gguf", size: 6_800_000_000, variant: "Q4_K_S"),
      try file("flux1-dev-Q8_0.gguf", size: 12_700_000_000, variant: "Q8_0"),
    ]
  }

  /// A pane whose one link leads to these files.
  private func pane(
    _ files: [LinkPreview.File], columns: Int = 80, rows: Int = 14,
    backend: BackendState = BackendState(name: "local", connection: .online)
  ) throws -> State {
    var state = try screen(columns: columns, rows: rows, backend: backend)
    _ = state.apply(.paste(page))
    return found(files, in: state)
  }

  private func found(_ files: [LinkPreview.File], in state: State) -> State {
    var state = state
    let url = "https://huggingface.co/org/repo/tree/main"
    let preview = LinkPreview(title: "org/repo", files: files, license: "apache-2.0")
    _ = state.apply(.outcome(.looked(url, .found(preview))))
    return state
  }

  @Test("Enter on a page with several files lists them, and queues exactly those that are chosen")
  func chooses() throws {
    var state = try pane(repository())
    #expect(state.tap(.enter) == [])
    #expect(state.level == .picker)
    state.tap(.down, .character(" "), .down, .down, .character(" "))
    let draft = Draft(
      urls: page,
      choices: [
        "https://huggingface.co/org/repo/tree/main": [
          base + "split_files/vae/ae.safetensors", base + "flux1-dev-Q8_0.gguf",
        ]
      ])
    #expect(state.tap(.enter) == [.saveDraft(draft)])
    #expect(state.level == .input)
    #expect(
      state.input.remark(onLine: 0)?.text == "2 of 5 files, 13 GB, apache-2.0")
    #expect(
      state.tap(.enter) == [
        .submit([
          Submission(url: base + "split_files/vae/ae.safetensors"),
          Submission(url: base + "flux1-dev-Q8_0.gguf"),
        ])
      ])
  }

  @Test("with nothing chosen Enter takes the file under the cursor")
  func takesCurrent() throws {
    var state = try pane(repository())
    state.tap(.control("p"), .character("G"), .enter)
    #expect(state.input.submissions().map(\.url) == [base + "flux1-dev-Q8_0.gguf"])
  }

  @Test("Esc leaves the choice as it was")
  func leaves() throws {
    var state = try pane(repository())
    state.tap(.control("p"), .character(" "), .enter, .control("p"), .character("*"), .escape)
    #expect(state.input.submissions().map(\.url) == [base + "README.md"])
  }

  @Test("a pattern narrows the list, and * chooses what is shown")
  func narrows() throws {
    var state = try pane(repository())
    state.tap(.control("p"), .character("/"))
    _ = state.type("*.gguf")
    state.tap(.enter, .character("*"), .character("\\"), .enter)
    #expect(
      state.input.submissions().map(\.url) == [
        base + "flux1-dev-Q4_K_S.gguf", base + "flux1-dev-Q8_0.gguf",
      ])
  }

  @Test(
    "words narrow by path, format and folder",
    arguments: [("flux q8", 1), ("vae", 1), ("BF16", 1), ("dev", 3), ("[", 0), ("*.GGUF", 2)])
  func matches(text: String, count: Int) throws {
    #expect(try repository().filter(FileMatch(text).matches).count == count)
  }

  @Test("a link begins with what it means, and taking that again is no choice")
  func beginsWithMeant() throws {
    var state = try pane([try file("a.gguf", isMeant: true), try file("b.gguf")])
    state.tap(.control("p"))
    #expect(state.picker?.chosenFiles.map(\.path) == ["a.gguf"])
    #expect(state.tap(.enter) == [.saveDraft(Draft(urls: page))])
  }

  @Test("a choice survives in the draft, before its source has answered again and after")
  func survives() throws {
    var state = try pane(repository())
    state.tap(.control("p"), .character("G"))
    guard case .saveDraft(let draft)? = state.tap(.enter).first else {
      Issue.record("nothing is kept")
      return
    }
    let stored = try JSONDecoder().decode(Draft.self, from: JSONEncoder().encode(draft))
    var next = try screen(draft: stored)
    next.tap(.character("a"))
    #expect(next.input.submissions().map(\.url) == [base + "flux1-dev-Q8_0.gguf"])
    next = found(try repository(), in: next)
    #expect(next.input.remark(onLine: 0)?.text.hasPrefix("1 of 5 files, 13 GB") == true)
  }

  @Test("a draft from a version without choices is read")
  func readsOlderDraft() throws {
    let text = #"{"urls":"a\nb","tags":"t","folder":"","metadata":""}"#
    let draft = try JSONDecoder().decode(Draft.self, from: Data(text.utf8))
    #expect(draft == Draft(urls: "a\nb", tags: "t"))
  }

  @Test("folders have a column only where the path of a file tells one")
  func folders() throws {
    let plain = try file("flux1-dev.safetensors")
    var state = try pane([plain, try file("flux1-schnell.safetensors")])
    state.tap(.enter)
    #expect(state.frame().text(2) == "[ ] 5.0 GB  safetensors  flux1-dev.safetensors")
    state = try pane([plain, try file("vae/ae.safetensors")])
    state.tap(.enter)
    #expect(state.frame().text(2) == "[ ] 5.0 GB  safetensors  -    flux1-dev.safetensors")
    #expect(state.frame().text(3) == "[ ] 5.0 GB  safetensors  vae  vae/ae.safetensors")
  }

  @Test("versions stand over their files, and the cursor passes their names by")
  func versions() throws {
    let files = [
      try file("high.safetensors", variant: "fp8", group: "v2.2 HIGH"),
      try file("low.safetensors", variant: "fp8", group: "v2.2 LOW"),
      try file("old.safetensors", variant: "fp16 full", group: "v2.1"),
    ]
    var state = try pane(files, columns: 60, rows: 12)
    state.tap(.enter)
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local                                      0 active
        org/repo                                        0 of 3 files
        v2.2 HIGH
        [ ] 5.0 GB  high.safetensors
        v2.2 LOW
        [ ] 5.0 GB  low.safetensors
        v2.1
        [ ] 5.0 GB  old.safetensors


        Choose with Space and take with Enter; then Enter queues.
        ? help  Enter take  Space choose  * all  / narrow  Esc back
        """)
    #expect(state.picker?.current?.path == "high.safetensors")
    state.tap(.down, .down, .down)
    #expect(state.picker?.current?.path == "old.safetensors")
    state.tap(.up)
    #expect(state.picker?.current?.path == "low.safetensors")
    state.tap(.character("g"))
    #expect(state.picker?.current?.path == "high.safetensors")
  }

  @Test("ten thousand files can be walked, chosen and narrowed")
  func many() throws {
    let files = try (0..<10_000).map { try file("part-\($0).safetensors", size: 1_000_000) }
    var state = try pane(files)
    state.tap(.control("p"), .character("*"), .character("G"))
    let text = picture(of: state.frame())
    #expect(text.contains("10000 of 10000 files, 10 GB"))
    #expect(text.contains("part-9999.safetensors"))
    state.tap(.enter)
    #expect(state.input.submissions().count == 10_000)
  }

  @Test("what is in the list already, and what is unsafe, is said")
  func marks() throws {
    var done = download(1, "a.gguf", .completed)
    done.url = base + "a.gguf"
    var state = try screen([done], columns: 80, rows: 14)
    _ = state.apply(.paste(page))
    state = found(
      [
        try file("a.gguf"), try file("b.pt", warnings: ["A scanner found a virus in the file."]),
      ], in: state)
    state.tap(.control("p"))
    let text = picture(of: state.frame())
    #expect(text.contains("a.gguf here"))
    #expect(text.contains("b.pt unsafe!"))
    state.tap(.down)
    #expect(picture(of: state.frame()).contains("A scanner found a virus in the file."))
  }

  @Test("a paste in the picker goes to the pane")
  func paste() throws {
    var state = try pane(repository())
    state.tap(.control("p"))
    _ = state.apply(.paste(base + "x.gguf"))
    #expect(state.level == .input)
    #expect(state.input.draft.urls == "\(page)\n\(base)x.gguf")
  }

  @Test("a page of which nothing could be learnt is asked about again")
  func asksAgain() throws {
    var state = try screen()
    _ = state.apply(.paste(page))
    let away = DownloadFailure(code: "NETWORK_ERROR", message: "The line broke.")
    _ = state.apply(
      .outcome(.looked("https://huggingface.co/org/repo/tree/main", .unknown(away))))
    let reference = try PastedReference(page, hosts: testHosts())
    #expect(state.tap(.enter) == [.look([reference])])
  }
}

@Suite("Room for what is added")
struct SpaceNeedTests {
  private func need(_ bytes: Int64, free: Int64?, toCome: Int64 = 0) throws -> SpaceNeed {
    let reference = try ModelReference(
      "https://huggingface.co/o/r/resolve/main/a", hosts: testHosts())
    let totals = LinkTotals([LinkPreview.File(reference: reference, name: "a", size: bytes)])
    return SpaceNeed(totals, freeBytes: free, bytesToCome: toCome)
  }

  @Test("the sum stands against what the queue leaves free")
  func text() throws {
    let need = try need(14_000_000_000, free: 120_000_000_000, toCome: 20_000_000_000)
    #expect(need.fits)
    #expect(need.text(room: 80) == "1 file, 14 GB of the 100 GB that the queue leaves")
    #expect(need.text(room: 30) == "1 file, 14 GB of 100 GB")
    #expect(need.text(room: 18) == "14 GB of 100 GB")
    #expect(need.text(room: 5) == nil)
  }

  @Test("what does not fit is said and queued all the same")
  func tooMuch() throws {
    let need = try need(14_000_000_000, free: 20_000_000_000, toCome: 10_000_000_000)
    #expect(!need.fits)
    #expect(need.text(room: 80) == "1 file, 14 GB: too much for the 10 GB that the queue leaves")
    #expect(try !self.need(1, free: 0, toCome: .max).fits)
    #expect(try self.need(.max, free: nil).fits)
  }

  @Test("the title of the pane tells it")
  func title() throws {
    var running = download(9, "big.gguf", total: 8_000_000_000, bytes: 3_000_000_000)
    running.url = "https://huggingface.co/org/repo/resolve/main/big.gguf"
    var state = try screen(
      [running],
      backend: BackendState(name: "local", connection: .online, freeBytes: 25_000_000_000))
    let link = "https://huggingface.co/org/repo/resolve/main/a.gguf"
    _ = state.apply(.paste(link))
    let file = LinkPreview.File(
      reference: try ModelReference(link, hosts: testHosts()), name: "a.gguf", size: 30_000_000_000)
    _ = state.apply(.outcome(.looked(link, .found(LinkPreview(files: [file])))))
    #expect(
      picture(of: state.frame()).contains(
        "1 file, 30 GB: too much for the 20 GB that the queue leaves"))
    #expect(state.tap(.enter) == [.submit([Submission(url: link)])])
  }
}
