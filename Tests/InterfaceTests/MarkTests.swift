import Downloads
import Testing

@testable import Interface

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
    _ = state.apply(news([download(3, "c"), download(2, "b")]))
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

  @Test("a copied path is one that a shell on the backend's machine takes")
  func fullPath() throws {
    var stored = download(1, "a.bin", .completed)
    stored.path = "models/loras/a.bin"
    let backend = BackendState(
      name: "local", connection: .online, modelsRoot: "/srv/ComfyUI/models")
    var state = try screen([stored], backend: backend)
    #expect(
      state.tap(.character("y"), .character("p")) == [.copy("/srv/ComfyUI/models/loras/a.bin")])
    state = try screen([stored])
    #expect(state.tap(.character("y"), .character("p")) == [.copy("models/loras/a.bin")])
  }
}
