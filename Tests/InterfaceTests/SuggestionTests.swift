import Downloads
import Testing

@testable import Interface

@Suite("What is proposed while typing")
struct SuggestionTests {
  private func pane(_ field: InputPane.Field) throws -> State {
    var state = try screen(columns: 60, rows: 20)
    #expect(state.tap(.character("a"), .tab, .tab) == [.learnNames])
    let names = BackendNames(
      tags: ["flux", "portrait", "flux-dev", "models", "my-flux", "loras", "anime", "flu x"],
      folders: ["loras", "loras/flux", "wan"])
    _ = state.apply(.outcome(.names(names)))
    state.input.focus = field
    return state
  }

  @Test("tags that begin with the word come first, most used first, then those that hold it")
  func order() throws {
    var state = try pane(.tags)
    _ = state.type("anime, flu")
    #expect(state.input.suggestions.names == ["flux", "flux-dev", "my-flux"])
    _ = state.type("x")
    #expect(state.input.suggestions.names == ["flux-dev", "my-flux"])
    _ = state.type(" a")
    #expect(state.input.suggestions.names == ["portrait"])
  }

  @Test("they stand below the field, the marked one pointed at")
  func picture() throws {
    var state = try pane(.tags)
    _ = state.type("flu")
    state.tap(.down, .down)
    let text = InterfaceTests.picture(of: state.frame())
    #expect(
      text.contains(
        """
        > Tags (separated by commas or spaces)
          flu (→ takes it)
            flux
          > flux-dev
            my-flux
        """) || text.contains("  > flux-dev"), "\(text)")
  }

  @Test("Tab takes the best, and goes on where there is nothing to take")
  func tab() throws {
    var state = try pane(.tags)
    _ = state.type("por")
    #expect(state.tap(.tab) == [.saveDraft(Draft(tags: "portrait"))])
    #expect(state.input.focus == .tags)
    state.tap(.tab)
    #expect(state.input.focus == .folder)
  }

  @Test("tags of downloads in the list are proposed too, before a file of theirs is stored")
  func listed() throws {
    var state = try screen([download(1, "a", tags: ["aurora", "loras"])])
    state.tap(.character("a"), .tab)
    _ = state.type("a")
    #expect(state.input.suggestions.names == ["aurora"])
  }

  @Test("a word that is a known tag itself is left alone by Tab")
  func knownWord() throws {
    var state = try pane(.tags)
    _ = state.type("flux")
    state.tap(.tab)
    #expect(state.input.focus == .folder)
    #expect(state.input.tags.text == "flux")
  }

  @Test("the cursor keys mark one, Enter takes it and queues nothing")
  func marks() throws {
    var state = try pane(.tags)
    _ = state.type("x flu")
    state.tap(.down, .down, .down, .down, .up)
    #expect(state.tap(.enter) == [.saveDraft(Draft(tags: "x flux-dev"))])
    #expect(state.level == .input)
  }

  @Test("Esc first gives up the mark")
  func escapes() throws {
    var state = try pane(.tags)
    _ = state.type("flu")
    state.tap(.down, .escape)
    #expect(state.level == .input)
    state.tap(.escape)
    #expect(state.level == .table)
  }

  @Test("folders are ComfyUI's and the backend's")
  func folders() throws {
    var state = try pane(.folder)
    _ = state.type("lor")
    #expect(state.input.suggestions.names == ["loras", "loras/flux"])
    #expect(state.tap(.right) == [.saveDraft(Draft(folder: "loras"))])
    _ = state.type("/")
    #expect(state.tap(.tab) == [.saveDraft(Draft(folder: "loras/flux"))])
  }

  @Test("inside a word nothing is proposed")
  func insideWord() throws {
    var state = try pane(.tags)
    _ = state.type("flu")
    state.tap(.left)
    #expect(state.input.suggestions.names.isEmpty)
  }
}

@Suite("A field in the user's editor")
struct EditorTests {
  private let link = "https://huggingface.co/org/repo/resolve/main/a.safetensors"

  @Test("all links go to the editor without secrets, and what it leaves is looked at")
  func links() throws {
    var state = try screen(draft: Draft(urls: "\(link)?token=s3cret\n\(link)?x"))
    state.tap(.character("a"))
    #expect(
      state.tap(.control("e")) == [.edit(EditedText(.links, "\(link)\n\(link)?x"))])
    let other = "https://civitai.com/api/download/models/5"
    let commands = state.apply(.outcome(.edited(EditedText(.links, "\(other)?token=s3cret\n\n"))))
    #expect(state.input.draft.urls == other)
    #expect(!"\(commands)".contains("s3cret"))
    #expect(commands.first == .saveDraft(Draft(urls: other)))
    #expect(state.message == State.tokenRemoved)
  }

  @Test("metadata goes as JSON that is laid out, whatever it was typed as")
  func metadata() throws {
    var state = try screen(draft: Draft(metadata: "rank=3\nnote=x"))
    state.tap(.character("a"))
    state.input.focus = .metadata
    #expect(
      state.tap(.control("e")) == [
        .edit(EditedText(.metadata, "{\n  \"note\" : \"x\",\n  \"rank\" : \"3\"\n}\n"))
      ])
    _ = state.apply(.outcome(.edited(EditedText(.metadata, "{\n  \"rank\": 4\n}\n"))))
    #expect(state.input.metadataField.values == ["rank": 4])
  }

  @Test("metadata with a mistake goes as it is")
  func wrongMetadata() throws {
    var state = try screen(draft: Draft(metadata: "{\"a\": }"))
    state.tap(.character("a"))
    state.input.focus = .metadata
    #expect(state.tap(.control("e")) == [.edit(EditedText(.metadata, "{\"a\": }"))])
  }

  @Test("what the editor leaves finds its field when the pane was closed meanwhile")
  func closed() throws {
    var state = try screen()
    state.tap(.character("a"), .tab, .control("e"), .escape)
    #expect(
      state.apply(.outcome(.edited(EditedText(.tags, "flux\n")))) == [
        .saveDraft(Draft(tags: "flux"))
      ])
    #expect(state.level == .input)
    #expect(state.input.focus == .tags)
  }
}
