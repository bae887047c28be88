import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("Tasks that tell no bytes, and silent ones")
struct SilentTaskTests {
  private func task(after seconds: Double, total: Int64? = 6_900_000_000) -> Download {
    var task = download(1, "flux.safetensors", .running, total: total)
    task.backend = "cloud"
    task.taskID = "t"
    task.startedAt = noon - seconds
    return task
  }

  private func row(_ download: Download, connection: BackendState.Connection = .online) throws
    -> String
  {
    let backend = BackendState(name: "cloud", connection: connection)
    let state = try screen([download], columns: 80, rows: 8, backend: backend)
    return state.frame().text(2)
  }

  @Test("without bytes a mark moves beside the elapsed time, and no percentage is made up")
  func moves() throws {
    #expect(
      try row(task(after: 41)) == """
        > flux.safetensors           6.9 GB ·███·· 41s    –        –      – ↓ running
        """)
    #expect(
      try row(task(after: 42)) == """
        > flux.safetensors           6.9 GB ███··· 42s    –        –      – ↓ running
        """)
  }

  @Test("the mark rests while the backend is away")
  func rests() throws {
    #expect(
      try row(task(after: 41), connection: .offline("gone")) == """
        > flux.safetensors           6.9 GB ······ 41s    –        –      – ↓ running
        """)
  }

  @Test("a part that is reported without bytes is shown as it is, and never as all")
  func reported() throws {
    var part = task(after: 60)
    part.reportedFraction = 0.5
    #expect(try row(part).contains("█████·····  50%"))
    part.reportedFraction = 1
    #expect(try row(part).contains("99%"))
  }

  @Test("a task without news for too long is marked with its age, and what can be done is said")
  func silent() throws {
    let state = try screen(
      [task(after: 7500)], columns: 80, rows: 8,
      backend: BackendState(name: "cloud", connection: .online))
    #expect(
      picture(of: state.frame()) == """
        Winch  ● cloud                                          1 active  6.9 GB to come
          Name                         Size Progress           Speed   Left Status
        > flux.safetensors           6.9 GB ···· 2h05m    –        –      – ? silent 2h



        No news for 2h05m, longer than its size explains: C asks, r queues it anew.
        a add  ? help  d cancel  r retry  Enter details  p pause  f filter  q leave
        """)
  }

  @Test("a silent task can be asked for and queued anew")
  func keys() throws {
    var state = try screen([task(after: 7500)])
    #expect(state.tap(.character("C")) == [.check([identifier(1)])])
    #expect(state.tap(.character("r")) == [.retry([identifier(1)])])
    var busy = try screen([task(after: 10)])
    #expect(busy.tap(.character("r")) == [])
    #expect(busy.message != nil)
  }

  @Test("a download that no task stands for cannot be asked for, and that is said")
  func noTask() throws {
    var state = try screen([download(1, "a", .queued)])
    #expect(state.tap(.character("C")) == [])
    #expect(state.message?.text == "The backend has no task for it to ask about.")
  }
}

@Suite("Changing a refused download")
struct EditAgainTests {
  private var refused: Download {
    var refused = download(1, "a.safetensors", .failed, tags: ["one", "two"])
    refused.folder = "loras"
    refused.userMetadata = ["author": "me"]
    return refused
  }

  @Test("its text comes back, and what is queued takes its place")
  func replaces() throws {
    var state = try screen([refused])
    let draft = Draft(
      urls: refused.url, tags: "one, two", folder: "loras", metadata: #"{"author":"me"}"#,
      replaces: refused.id)
    #expect(state.tap(.character("e")) == [.saveDraft(draft)])
    #expect(picture(of: state.frame()).contains("Change a download"))
    let submission = Submission(
      url: refused.url, tags: ["one", "two"], folder: Folder("loras"),
      userMetadata: ["author": "me"])
    #expect(state.tap(.enter) == [.submit([submission], replacing: refused.id)])
  }

  @Test("when all of its text was deleted, nothing is replaced")
  func forgotten() throws {
    var state = try screen([download(1, "a", .failed)])
    state.tap(.character("e"), .end, .control("u"))
    state.tap(.escape)
    state.tap(.character("a"))
    let link = "https://huggingface.co/o/n/resolve/main/b.safetensors"
    _ = state.apply(.paste(link))
    #expect(state.tap(.enter) == [.submit([Submission(url: link)])])
  }

  @Test("only what has failed or was cancelled can be changed")
  func running() throws {
    var state = try screen([download(1, "a")])
    #expect(state.tap(.character("e")) == [])
    #expect(state.message?.text.hasPrefix("It is running") == true)
  }

  @Test("text that is not queued yet is not overwritten")
  func unqueuedText() throws {
    var state = try screen([refused], draft: Draft(tags: "x"))
    #expect(state.tap(.character("e")) == [])
    #expect(state.input.draft == Draft(tags: "x"))
  }
}
