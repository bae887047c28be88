import Downloads
import Testing

@testable import Interface

@Suite("Changing what has not begun")
struct RevisionTests {
  private func waiting(_ number: Int, tags: [String] = []) -> Download {
    var waiting = download(number, "\(number).bin", .created, tags: tags)
    waiting.taskID = "\(number)"
    return waiting
  }

  @Test(":folder gives a download that waits another folder, and says what that costs")
  func folder() throws {
    var state = try screen([waiting(1)])
    _ = state.type(":folder loras/style")
    let folder = try #require(Folder("loras/style"))
    #expect(state.tap(.enter).last == .revise([identifier(1)], .folder(folder)))
    #expect(state.message?.text == "1.bin: to loras/style; queued anew, at the end.")
  }

  @Test("t begins with the tags that are there, and sends the new ones")
  func tags() throws {
    var state = try screen([download(1, "1.bin", .queued, tags: ["flux", "dev"])])
    state.tap(.character("t"))
    #expect(state.prompt?.field.text == "tags flux, dev")
    _ = state.type(", mine")
    #expect(state.tap(.enter).last == .revise([identifier(1)], .tags(["flux", "dev", "mine"])))
    #expect(state.message?.text == "1.bin: tags flux, dev, mine.")
  }

  @Test("all that are marked and have not begun are changed, those that are so already are not")
  func several() throws {
    var state = try screen([
      waiting(1), download(2, "2.bin"), waiting(3, tags: ["mine"]), waiting(4),
    ])
    state.tap(.character("*"))
    _ = state.type(":tags mine")
    #expect(state.tap(.enter).last == .revise([identifier(1), identifier(4)], .tags(["mine"])))
  }

  @Test("none takes all tags away")
  func none() throws {
    var state = try screen([waiting(1, tags: ["mine"])])
    _ = state.type(":tags none")
    #expect(state.tap(.enter).last == .revise([identifier(1)], .tags([])))
  }

  @Test("u gives each the folder back that it had, or none")
  func undoneFolder() throws {
    var placed = waiting(2)
    placed.folder = "vae"
    var state = try screen([waiting(1), placed, waiting(3)])
    state.tap(.character("*"))
    _ = state.type(":folder loras")
    state.tap(.enter)
    #expect(
      state.tap(.character("u")) == [
        .revise([identifier(1), identifier(3)], .folder(nil)),
        .revise([identifier(2)], .folder(Folder("vae"))),
      ])
    #expect(state.message?.text == "Folder of 3 downloads as before.")
  }

  @Test("u gives the tags back, unless it has begun in the meantime", arguments: [false, true])
  func undoneTags(hasBegun: Bool) throws {
    var state = try screen([waiting(1, tags: ["old"])])
    _ = state.type(":tags new")
    state.tap(.enter)
    var changed = waiting(1, tags: ["new"])
    if hasBegun { changed.status = .running }
    _ = state.apply(news([changed]))
    #expect(
      state.tap(.character("u")) == (hasBegun ? [] : [.revise([identifier(1)], .tags(["old"]))]))
    let sentence =
      hasBegun ? "1.bin has begun: it stays as it is." : "Tags of 1.bin as before."
    #expect(state.message?.text == sentence)
  }

  @Test(
    "what has begun says why not, and what failed says how",
    arguments: [
      (DownloadStatus.running, "It is running: folder and tags can be changed until it begins."),
      (.completed, "It is completed: folder and tags can be changed until it begins."),
      (.failed, "It is failed: e changes it and queues it again."),
    ])
  func refuses(status: DownloadStatus, sentence: String) throws {
    var state = try screen([download(1, "1.bin", status)])
    #expect(state.tap(.character("t")) == [])
    #expect(state.message?.text == sentence)
  }

  @Test("what is no folder is said", arguments: ["../up", "/etc", "custom_nodes"])
  func noFolder(text: String) throws {
    var state = try screen([waiting(1)])
    _ = state.type(":folder \(text)")
    #expect(!state.tap(.enter).contains { if case .revise = $0 { true } else { false } })
    #expect(state.message?.kind == .problem)
  }
}
