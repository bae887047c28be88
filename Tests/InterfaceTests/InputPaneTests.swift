import ComfyAPI
import Downloads
import Testing

@testable import Interface

private let first = "https://huggingface.co/org/repo/resolve/main/a.safetensors"
private let second = "https://civitai.com/api/download/models/128713"

private func reference(_ text: String) throws -> PastedReference {
  try PastedReference(text, hosts: testHosts())
}

@Suite("The input pane")
struct InputPaneTests {
  @Test("a, two pasted links, Tab, tags, Enter: both are submitted with their tags")
  func submits() throws {
    var state = try screen()
    state.tap(.character("a"))
    _ = state.apply(.paste("\(first)\n\(second)\n"))
    state.tap(.tab)
    _ = state.type("flux, dev anime")
    let commands = state.tap(.enter)
    let tags = ["flux", "dev", "anime"]
    #expect(
      commands == [
        .submit([Submission(url: first, tags: tags), Submission(url: second, tags: tags)])
      ])
    #expect(state.level == .table)
    #expect(state.input.draft.isEmpty)
  }

  @Test("folder and metadata go with every link")
  func submitsFolderAndMetadata() throws {
    var state = try screen(
      draft: Draft(urls: first, folder: "loras/sdxl", metadata: "note=my = own\n\nrank=3"))
    state.tap(.character("a"))
    let expected = Submission(
      url: first, folder: Folder("loras/sdxl"), userMetadata: ["note": "my = own", "rank": "3"])
    #expect(state.tap(.control("s")) == [.submit([expected])])
  }

  @Test("metadata may be a JSON object")
  func submitsJSON() throws {
    var state = try screen(draft: Draft(urls: first, metadata: "{\"rank\": 3,\n \"on\": true}"))
    let expected = Submission(url: first, userMetadata: ["rank": 3, "on": true])
    #expect(state.tap(.character("a"), .enter) == [.submit([expected])])
  }

  @Test("pasting at the table opens the pane with the text")
  func pasteOpens() throws {
    var state = try screen([download(1, "a.bin")])
    #expect(
      state.apply(.paste(first)) == [.saveDraft(Draft(urls: first)), .look([try reference(first)])])
    #expect(state.level == .input)
    #expect(state.input.links.text == first)
  }

  @Test("a second paste begins a line of its own")
  func pasteAgain() throws {
    var state = try screen()
    _ = state.apply(.paste(first))
    _ = state.apply(.paste(second))
    #expect(state.input.links.text == "\(first)\n\(second)")
  }

  @Test("line ends of every system separate links")
  func pasteLineEnds() throws {
    var state = try screen()
    _ = state.apply(.paste("\(first)\r\n\(second)\r"))
    #expect(state.input.links.text == "\(first)\n\(second)\n")
    #expect(state.input.submissions().count == 2)
  }

  @Test("Esc keeps what was typed and a brings it back")
  func keepsDraft() throws {
    var state = try screen()
    state.tap(.character("a"))
    #expect(state.type("h").last == .saveDraft(Draft(urls: "h")))
    state.tap(.tab)
    _ = state.type("x")
    state.tap(.escape)
    #expect(state.level == .table)
    #expect(state.message?.text == "What you typed is kept; a brings it back.")
    state.tap(.character("a"))
    #expect(state.input.draft == Draft(urls: "h", tags: "x"))
  }

  @Test(
    "a paste begins with empty fields when no link waits in the pane", arguments: ["", "\n \n"])
  func pasteBeginsEmpty(links: String) throws {
    var state = try screen(
      draft: Draft(urls: links, tags: "t", folder: "vae", metadata: "k=v"))
    #expect(state.apply(.paste(first)).first == .saveDraft(Draft(urls: first)))
    #expect(state.input.draft == Draft(urls: first))
  }

  @Test("links that wait in the pane stay before what is pasted, with their fields, which is said")
  func pasteKeepsDraft() throws {
    var state = try screen(draft: Draft(urls: first, tags: "t"))
    _ = state.apply(.paste(second))
    #expect(state.input.draft == Draft(urls: "\(first)\n\(second)", tags: "t"))
    #expect(state.message?.text.hasPrefix("The links that were here before") == true)
  }

  @Test("in the open pane a paste leaves the other fields alone")
  func pasteInPane() throws {
    var state = try screen()
    state.tap(.character("a"), .tab)
    _ = state.type("t")
    state.tap(.backTab)
    _ = state.apply(.paste(first))
    #expect(state.input.draft == Draft(urls: first, tags: "t"))
  }

  @Test("a draft from the last time stands in the pane")
  func restoresDraft() throws {
    let draft = Draft(urls: first, tags: "t", folder: "vae", metadata: "k=v")
    #expect(try screen(draft: draft).input.draft == draft)
  }

  @Test("moving the cursor saves nothing")
  func savesOnlyChanges() throws {
    var state = try screen(draft: Draft(urls: first))
    #expect(state.tap(.character("a"), .left, .home) == [])
    #expect(state.tap(.tab, .backTab, .tab) == [.learnNames])
  }

  @Test("what is good is queued, and a wrong line is kept with what is wrong with it")
  func keepsWrongLines() throws {
    let wrong = "https://huggingface.co.evil.example/x"
    var state = try screen(draft: Draft(urls: "\(first)\n\(wrong)\n", tags: "t"))
    state.tap(.character("a"), .tab)
    #expect(state.tap(.enter) == [.submit([Submission(url: first, tags: ["t"])])])
    #expect(state.level == .input)
    #expect(state.input.focus == .links)
    #expect(state.input.draft == Draft(urls: wrong, tags: "t"))
    #expect(
      state.apply(.outcome(.submitted(1))) == [.saveDraft(Draft(urls: wrong, tags: "t"))])
    #expect(state.message?.text == "1 download queued. 1 line kept, with what is wrong.")
    #expect(state.tap(.enter) == [])
    #expect(
      state.message?.text.hasPrefix(
        "Nothing was queued yet: huggingface.co.evil.example is neither") == true)
  }

  @Test("when the good lines could not be stored, they come back beside the kept ones")
  func givesGoodLinesBack() throws {
    var state = try screen(draft: Draft(urls: "\(first)\nnonsense"))
    state.tap(.character("a"), .enter)
    _ = state.apply(.outcome(.submitFailed("The disk is full.")))
    #expect(state.input.draft.urls == "\(first)\nnonsense")
  }

  @Test("each line's error stands below it")
  func errorPicture() throws {
    var state = try screen(columns: 64, rows: 22)
    _ = state.apply(.paste("\(first)\nhttps://huggingface.co.evil.example/x\nnonsense\n\(first)"))
    state.tap(.tab)
    _ = state.type("flux")
    state.tap(.tab)
    _ = state.type("../x")
    state.tap(.tab)
    _ = state.type("a=b")
    state.tap(.control("n"))
    _ = state.type("oops")
    #expect(
      picture(of: state.frame()) == """
        Winch  ● local                                          0 active
        Add downloads                             1 file, size not known
          nonsense
            ! This is not a URL. Paste a link that begins with
              https://huggingface.co/ or https://civitai.com/.
          https://huggingface.co/org/repo/resolve/main/a.safetensors
            The same file as line 1; it is queued once.

          Tags (separated by commas or spaces)
          flux

          Folder (empty: the tags decide, or the site)
          ../x
            ! Not a folder below models: write a name such as loras or
              checkpoints/sdxl.

        > Metadata (key=value lines, or a JSON object)
          a=b
          oops
            ! Write key=value here.

        Enter queue  Tab next field  ^N new line  Esc close, keep text
        """)
    #expect(state.frame().cursor == Position(column: 6, row: 18))
  }

  @Test("without a link Enter says what is missing")
  func needsLink() throws {
    var state = try screen()
    #expect(state.tap(.character("a"), .enter) == [])
    #expect(state.message?.text == "There is no link yet: paste one, or more, one a line.")
  }

  @Test("the same file is queued once, and the pane says so")
  func foldsDuplicates() throws {
    let blob = "https://huggingface.co/org/repo/blob/main/a.safetensors"
    var state = try screen(draft: Draft(urls: "\(first)\n\n\(blob)"))
    state.tap(.character("a"))
    #expect(picture(of: state.frame()).contains("The same file as line 1; it is queued once."))
    #expect(state.tap(.enter) == [.submit([Submission(url: first)])])
  }

  @Test("a pasted token is taken out, neither shown nor kept, and the pane says so")
  func removesToken() throws {
    var state = try screen()
    let commands = state.apply(.paste(second + "?type=Model&token=s3cret"))
    #expect(commands.first == .saveDraft(Draft(urls: second + "?type=Model")))
    #expect(commands.dropFirst() == [.look([try reference(second + "?type=Model")])])
    #expect(state.message == State.tokenRemoved)
    #expect(!picture(of: state.frame()).contains("s3cret"))
  }

  @Test("a typed token is masked, never kept, and gone when the field is left")
  func masksToken() throws {
    var state = try screen(draft: Draft(urls: second + "?token="))
    state.tap(.character("a"), .end)
    let commands = state.type("s3cret")
    #expect(picture(of: state.frame()).contains("?token=******"))
    for command in commands { #expect(command == .saveDraft(Draft(urls: second))) }
    state.tap(.tab)
    #expect(state.input.links.text == second)
    #expect(state.tap(.enter) == [.submit([Submission(url: second)])])
  }

  @Test("the draft is given up only when the submission is stored")
  func clearsDraftWhenStored() throws {
    var state = try screen(draft: Draft(urls: first))
    #expect(state.tap(.character("a"), .enter) == [.submit([Submission(url: first)])])
    state.tap(.character("a"))
    #expect(state.type("x") == [.saveDraft(Draft(urls: "\(first)\nx"))])
    #expect(state.apply(.outcome(.submitted(1))) == [.saveDraft(Draft(urls: "x"))])
    #expect(state.message?.text == "1 download queued.")
  }

  @Test("a submission that could not be stored comes back into the pane")
  func givesDraftBack() throws {
    let draft = Draft(urls: first, tags: "t")
    var state = try screen(draft: draft)
    state.tap(.character("a"), .enter)
    #expect(state.apply(.outcome(.submitFailed("The disk is full."))) == [.saveDraft(draft)])
    #expect(state.level == .input)
    #expect(state.input.draft == draft)
    #expect(state.message?.text == "Nothing was queued. The disk is full.")
  }

  @Test("the right arrow takes the suggested folder at the text's end")
  func completesFolder() throws {
    var state = try screen()
    state.tap(.character("a"), .tab, .tab)
    _ = state.type("che")
    #expect(picture(of: state.frame()).contains("checkpoints (→ takes it)"))
    #expect(state.tap(.right) == [.saveDraft(Draft(folder: "checkpoints"))])
  }

  @Test("Ctrl-N begins a line where there are several, and says why not elsewhere")
  func newLine() throws {
    var state = try screen()
    state.tap(.character("a"), .control("n"), .tab, .control("n"))
    #expect(state.input.links.text == "\n")
    #expect(state.input.tags.text == "")
    #expect(
      state.message?.text == "This field has one line; only links and metadata have several.")
  }

  @Test("up and down go by lines and from field to field")
  func movesVertically() throws {
    var state = try screen(draft: Draft(urls: "a\nb"))
    state.tap(.character("a"), .down)
    #expect(state.input.focus == .tags)
    state.tap(.up, .up)
    #expect(state.input.focus == .links)
    #expect(state.input.links.cursorPlace.line == 0)
    state.tap(.up)
    #expect(state.input.focus == .links)
  }

  @Test("the line being edited is seen on a small screen", arguments: [5, 6, 8])
  func scrolls(rows: Int) throws {
    let lines = (1...50).map { "\(first)?\($0)" }.joined(separator: "\n")
    var state = try screen(columns: 40, rows: rows, draft: Draft(urls: lines, metadata: "k=v"))
    state.tap(.character("a"))
    for _ in 0..<25 { state.tap(.up) }
    let cursor = try #require(state.frame().cursor)
    #expect(state.frame().text(cursor.row).contains("?25"))
    state.tap(.backTab)
    let last = try #require(state.frame().cursor)
    #expect(state.frame().text(last.row) == "  k=v")
  }

  @Test("keys that act in the table are letters in the pane")
  func typesLetters() throws {
    var state = try screen()
    state.tap(.character("a"))
    _ = state.type("qxr?/Q")
    #expect(state.input.links.text == "qxr?/Q")
    #expect(state.isRunning)
  }
}
