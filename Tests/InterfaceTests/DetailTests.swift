import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Interface

@Suite("The details")
struct DetailTests {
  private var failed: Download {
    var download = download(
      5, "ae.safetensors", .failed, total: gibibyte, bytes: gibibyte / 4, tags: ["flux", "vae"])
    download.folder = "vae"
    download.userMetadata = ["note": "mine", "rank": 3]
    download.taskID = "task-1"
    download.startedAt = noon.addingTimeInterval(1)
    download.completedAt = noon.addingTimeInterval(66)
    download.failure = DownloadFailure(
      code: "ACCESS_FORBIDDEN", message: "The licence of org/repo is not accepted.",
      hint: "Open the page and accept it.")
    return download
  }

  @Test("the path is one that a shell on the backend's machine takes")
  func path() throws {
    var stored = download(1, "a.bin", .completed)
    stored.path = "models/vae/a.bin"
    let backend = BackendState(name: "local", connection: .online, modelsRoot: "/srv/models")
    for (backend, path) in [
      (backend, "/srv/models/vae/a.bin"),
      (BackendState(name: "cloud", connection: .online), "models/vae/a.bin"),
    ] {
      var state = try screen([stored], backend: backend, settings: withoutPictures)
      state.tap(.enter)
      #expect(InterfaceTests.picture(of: state.frame()).contains("Path         \(path)\n"))
    }
  }

  @Test("of what waits they say whether the backend has it")
  func waiting() throws {
    for (status, words) in [(DownloadStatus.queued, "queued, not sent yet"), (.created, "queued")] {
      var state = try screen([download(1, "a.bin", status)])
      state.tap(.enter)
      #expect(state.frame().text(3) == "Status       " + words)
    }
  }

  @Test("a limit of its own is shown while it has not ended")
  func limit() throws {
    var limited = download(1, "a.bin", .running)
    limited.limit = 5_000_000
    var state = try screen([limited], settings: withoutPictures)
    state.tap(.enter)
    #expect(
      InterfaceTests.picture(of: state.frame()).contains("Limit        at most 5.0 MB/s\n"))
  }

  @Test("everything known is shown")
  func picture() throws {
    var state = try screen([failed], columns: 64, rows: 29)
    state.tap(.enter)
    #expect(
      InterfaceTests.picture(of: state.frame()) == """
        Winch  ● local                                0 active  1 failed
        ae.safetensors
        Name         ae.safetensors
        Status       failed
        Error        The licence of org/repo is not accepted.
                     (ACCESS_FORBIDDEN)
        What to do   Open the page and accept it.
        Progress     268 MB (268435456) of 1.1 GB (1073741824), 25%
        Link         https://huggingface.co/org/repo/resolve/main/5.safe
                     tensors
        Folder       vae
        Path         –
        Tags         flux, vae
        Metadata     note = mine
        Metadata     rank = 3
        Hash         –
        SHA-256      –
        Verified     –
        Attempt      1
        Backend      local
        Task         task-1
        Asset        –
        Id           00000000-0000-0000-0000-000000000005
        Queued       2025-06-15 15:06:40 UTC
        Started      2025-06-15 15:06:41 UTC
        Ended        2025-06-15 15:07:46 UTC
        Took         1m05s

        a add  ? help  d cancel  r retry  w JSON  p pause  Esc back
        """)
  }

  @Test("long values wrap and the text scrolls to its end and not beyond")
  func scrolls() throws {
    var long = failed
    long.path = "/models/" + String(repeating: "deep/", count: 30)
    var state = try screen([long], columns: 40, rows: 10)
    state.tap(.enter, .end)
    #expect(state.frame().text(7).hasPrefix("Took         1m05s"))
    state.tap(.character("j"))
    #expect(state.frame().text(7).hasPrefix("Took         1m05s"))
    state.tap(.home)
    #expect(state.frame().text(2).hasPrefix("Name"))
  }

  @Test("the time it has taken goes on with the clock")
  func elapses() throws {
    var running = download(1, "a.bin")
    running.startedAt = noon
    var state = try screen([running])
    state.tap(.enter)
    _ = state.apply(.clock(noon.addingTimeInterval(75)))
    #expect(InterfaceTests.picture(of: state.frame()).contains("Took         1m15s"))
  }

  @Test("h and Esc go back", arguments: [KeyPress.character("h"), .escape, .left])
  func goesBack(key: KeyPress) throws {
    var state = try screen([failed])
    state.tap(.enter, key)
    #expect(state.level == .table)
  }

  @Test("a secret in a link is not shown")
  func hidesToken() throws {
    var download = failed
    download.url = "https://civitai.com/api/download/models/1?token=s3cret"
    var state = try screen([download], rows: 30)
    state.tap(.enter)
    #expect(!InterfaceTests.picture(of: state.frame()).contains("s3cret"))
  }

  @Test("when the download is gone the table is shown again")
  func survivesRemoval() throws {
    var state = try screen([failed])
    state.tap(.enter)
    _ = state.apply(.snapshot(BoardSnapshot(backend: BackendState(name: "local"))))
    #expect(state.level == .table)
  }
}
