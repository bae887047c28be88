import CloudLab
import ComfyAPI
import ComfyClient
import Downloads
import Foundation
import Testing
import Transport

@testable import Model

@Suite("Board, outbox and poller")
struct BoardTests {
  private let hosts: SourceHosts
  private let link = "https://huggingface.co/o/n/resolve/main/m.safetensors"
  private let time = Date(timeIntervalSince1970: 5000)

  init() throws { hosts = try SourceHosts(environment: [:]) }

  private func board(_ client: ComfyClient, _ journal: Journal? = nil) throws -> Board {
    try Board(journal: journal ?? Journal(), client: client)
  }

  private func submit(_ board: Board, _ url: String? = nil) async throws -> Download {
    let made = try await board.submit([Submission(url: url ?? link)], hosts: hosts, now: time)
    return try #require(made.first)
  }

  private func flush(_ board: Board) async throws {
    var outbox = Outbox(board: board, now: { [time] in time })
    try await outbox.flush(usingModelTypeTags: false)
  }

  @Test("what the cloud would refuse is refused before it is queued, and only for the cloud")
  func cloudRules() async throws {
    let journal = try Journal()
    func queue(at name: String) async throws -> [Download] {
      let client = ComfyClient(
        backend: Backend(name: name, address: .http(base: "https://cloud.example", key: nil)),
        transport: HTTPTransport())
      let board = try Board(journal: journal, client: client)
      let gguf = Submission(url: "https://huggingface.co/o/n/resolve/main/m.gguf")
      return try await board.submit([Submission(url: link), gguf], hosts: hosts, now: time)
    }
    await #expect(throws: DownloadFailure.self) { try await queue(at: Backend.cloudName) }
    #expect(try journal.downloads(of: Backend.cloudName) == [])
    #expect(try await queue(at: "local").count == 2)
  }

  @Test("a name that is known already is shown from the first, made harmless")
  func knownName() async throws {
    try await CloudLab.withClient { _, client in
      let board = try board(client)
      let links = (1...2).map { "https://civitai.com/api/download/models/\($0)" }
      let known = Submission(url: links[0], name: "detail\u{1B}[31m.safetensors")
      let made = try await board.submit(
        [known, Submission(url: links[1])], hosts: hosts, now: time)
      #expect(made[0].name == FileName.sanitized("detail\u{1B}[31m.safetensors"))
      #expect(made[1].name == "civitai-2")
    }
  }

  @Test("a submission is in the journal before it is sent")
  func journalFirst() async throws {
    let path = NSTemporaryDirectory() + UUID().uuidString + "/journal.sqlite"
    defer {
      try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent)
    }
    try await CloudLab.withClient { lab, client in
      lab.inject(.delay(.seconds(1)), on: "POST")
      let board = try board(client, Journal(path: path))
      let made = try await submit(board)
      async let sending: Void = flush(board)
      #expect(await eventually { !lab.sentURLs.isEmpty })
      let kept = try Journal(path: path).downloads(of: "test")
      #expect(kept.map(\.id) == [made.id])
      #expect(kept.map(\.status) == [.queued])
      try await sending
    }
  }

  @Test("an accepted submission has its task, also after a restart")
  func restart() async throws {
    let journal = try Journal()
    try await CloudLab.withClient { [self] lab, client in
      let first = try board(client, journal)
      let made = try await submit(first)
      try await flush(first)
      let second = try board(client, journal)
      let kept = try #require(await second.download(made.id))
      #expect(kept.taskID != nil)
      #expect(kept.status == .created)
      #expect(await second.queued() == [])
      #expect(lab.sentURLs == [link])
    }
  }

  @Test("an answer 200 completes the download at once")
  func alreadyStored() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let asset = lab.store(link, size: 9)
      let board = try board(client)
      let made = try await submit(board)
      try await flush(board)
      let done = try #require(await board.download(made.id))
      #expect(done.status == .completed)
      #expect(done.assetID == asset.id)
      #expect(done.hash == asset.hash)
      #expect(done.folder == "loras")
      #expect(done.bytesDownloaded == 9)
    }
  }

  @Test("a refusal fails the download with the server's reason")
  func refused() async throws {
    try await CloudLab.withClient { [self] lab, client in
      lab.inject(
        .refuse(422, code: "RESOURCE_NOT_FOUND", message: "No \u{1B}[31mfile."), on: "POST")
      let board = try board(client)
      let made = try await submit(board)
      try await flush(board)
      let failed = try #require(await board.download(made.id))
      #expect(failed.status == .failed)
      #expect(failed.failure?.code == "RESOURCE_NOT_FOUND")
      #expect(failed.failure?.message == "No \u{FFFD}[31mfile.")
    }
  }

  @Test("a backend that is away or busy leaves the submission queued", arguments: [503, 429])
  func busy(status: Int) async throws {
    try await CloudLab.withClient { [self] lab, client in
      lab.inject(.refuse(status, code: "BUSY", message: "Later."), on: "POST")
      let board = try board(client)
      let made = try await submit(board)
      await #expect(throws: ClientError.self) { try await flush(board) }
      #expect(await board.queued().map(\.id) == [made.id])
      try await flush(board)
      #expect(await board.download(made.id)?.status == .created)
    }
  }

  @Test("a row that another program is sending is left to it")
  func claimed() async throws {
    let journal = try Journal()
    try await CloudLab.withClient { [self] lab, client in
      let board = try board(client, journal)
      let made = try await submit(board)
      #expect(try journal.claim(made.id, now: time) != nil)
      try await flush(board)
      #expect(lab.requests.isEmpty)
    }
  }

  @Test("a reader that takes its time gets the newest snapshot, and none in between")
  func snapshots() async throws {
    try await CloudLab.withClient { [self] _, client in
      let board = try board(client)
      var snapshots = await board.snapshots().makeAsyncIterator()
      #expect(await snapshots.next()?.downloads.count == 0)
      for number in 0..<5 { _ = try await submit(board, link + "\(number).safetensors") }
      #expect(await snapshots.next()?.downloads.count == 5)
      await board.setConnection(.online)
      #expect(await snapshots.next()?.backend.connection == .online)
    }
  }

  @Test("what another program queued in the same journal is taken over")
  func otherProgram() async throws {
    let journal = try Journal()
    try await CloudLab.withClient { [self] _, client in
      let screen = try board(client, journal)
      let script = try board(client, journal)
      let made = try await submit(script)
      await screen.reloadJournal()
      #expect(await screen.download(made.id) != nil)
    }
  }

  @Test("active tasks are listed in pages, whatever their number, and none is read alone")
  func pages() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let board = try board(client)
      for number in 0..<230 {
        let url = "https://huggingface.co/o/n/resolve/main/\(number).bin"
        _ = try await submit(board, url)
      }
      try await flush(board)
      lab.forgetRequests()
      var poller = Poller(board: board, now: { [time] in time })
      try await poller.poll()
      #expect(
        lab.requests.map(\.line)
          == ["0", "100", "200"].map {
            "GET /api/tasks?limit=100&offset=\($0)&status=created,running"
          })
    }
  }

  @Test("a task that left the list is read once to learn how it ended")
  func ended() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let board = try board(client)
      let made = try await submit(board)
      try await flush(board)
      let taskID = try #require(await board.download(made.id)?.taskID)
      lab.move(taskID, to: "failed", error: "The site hung up.")
      var poller = Poller(board: board, now: { [time] in time })
      try await poller.poll()
      try await poller.poll()
      #expect(lab.requests("GET /api/tasks/").map(\.path) == ["/api/tasks/\(taskID)"])
      #expect(await board.download(made.id)?.failure?.message == "The site hung up.")
    }
  }

  @Test("a task nobody here started is shown with its link and tags")
  func adopted() async throws {
    try await CloudLab.withClient { [self] lab, client in
      lab.startElsewhere(
        "https://huggingface.co/a/b/resolve/main/other.bin", tags: ["models", "loras", "mine"])
      let board = try board(client)
      var poller = Poller(board: board, now: { [time] in time })
      try await poller.poll()
      let adopted = try #require(await board.snapshot.downloads.first)
      #expect(adopted.name == "other.bin")
      #expect(adopted.folder == "loras")
      #expect(adopted.tags == ["mine"])
      #expect(adopted.status == .created)
    }
  }

  @Test("a task the backend has forgotten fails after a few polls, not at the first")
  func forgotten() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let board = try board(client)
      let made = try await submit(board)
      try await flush(board)
      lab.forget(try #require(lab.task(of: link)).id)
      var poller = Poller(board: board, now: { [time] in time })
      try await poller.poll()
      #expect(await board.download(made.id)?.status == .created)
      try await poller.poll()
      try await poller.poll()
      #expect(await board.download(made.id)?.failure?.code == "TASK_MISSING")
    }
  }

  @Test("what was never sent is cancelled at once, and not sent later")
  func cancelQueued() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let board = try board(client)
      let made = try await submit(board)
      try await board.cancel(made.id)
      try await flush(board)
      #expect(await board.download(made.id)?.status == .cancelled)
      #expect(lab.requests.isEmpty)
    }
  }

  @Test("a cancel holds until the backend confirms it")
  func cancelRunning() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let board = try board(client)
      let made = try await submit(board)
      try await flush(board)
      try await board.cancel(made.id)
      #expect(await board.download(made.id)?.status == .cancellationPending)
      var poller = Poller(board: board, now: { [time] in time })
      try await poller.poll()
      #expect(await board.download(made.id)?.status == .cancelled)
    }
  }

  @Test("a retry at a backend that cannot revive a task queues the link again")
  func retry() async throws {
    try await CloudLab.withClient { [self] lab, client in
      lab.inject(.refuse(422, code: "X", message: "No."), on: "POST")
      let board = try board(client)
      let made = try await submit(board)
      try await flush(board)
      try await board.retry(made.id)
      #expect(await board.download(made.id)?.status == .queued)
      try await flush(board)
      let again = try #require(await board.download(made.id))
      #expect(again.status == .created)
      #expect(again.attempt == 2)
      #expect(again.failure == nil)
    }
  }
}

@Suite("Doing something about a download")
struct BoardActionTests {
  private let time = Date(timeIntervalSince1970: 5000)
  private let link = "https://huggingface.co/o/n/resolve/main/m.safetensors"

  private func submit(
    _ board: Board, _ url: String? = nil, replacing: UUID? = nil
  ) async throws -> Download {
    let made = try await board.submit(
      [Submission(url: url ?? link)], replacing: replacing,
      hosts: SourceHosts(environment: [:]), now: time)
    return try #require(made.first)
  }

  private func flush(_ board: Board) async throws {
    var outbox = Outbox(board: board, now: { [time] in time })
    try await outbox.flush(usingModelTypeTags: false)
  }

  @Test("a refused download is forgotten when what it was changed into is stored")
  func replaces() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let journal = try Journal()
      let board = try Board(journal: journal, client: client)
      let refused = try await submit(board)
      lab.inject(.refuse(422, code: "RESOURCE_NOT_FOUND"), on: "POST")
      try await flush(board)
      #expect(await board.download(refused.id)?.status == .failed)
      let other = try await submit(board, link + "2.safetensors", replacing: refused.id)
      #expect(await board.snapshot.downloads.map(\.id) == [other.id])
      #expect(try journal.downloads(of: "test").map(\.id) == [other.id])
    }
  }

  @Test("a download that goes on is never replaced")
  func keepsRunning() async throws {
    try await CloudLab.withClient { [self] _, client in
      let board = try Board(journal: Journal(), client: client)
      let running = try await submit(board)
      try await flush(board)
      _ = try await submit(board, link + "2.safetensors", replacing: running.id)
      #expect(await board.snapshot.downloads.count == 2)
    }
  }

  @Test("a silent task is cancelled and gets a successor, and is not taken for another download")
  func silentTask() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let later = time + 3 * 3600
      let board = try Board(journal: Journal(), client: client, now: { later })
      let download = try await submit(board)
      try await flush(board)
      let old = try #require(await board.download(download.id)?.taskID)
      await board.change(download.id) { $0.newsAt = nil }
      try await board.retry(download.id)
      // A backend that takes its time with the cancel.
      lab.move(old, to: "running")
      var poller = Poller(board: board, now: { later })
      try await poller.poll()
      try await flush(board)
      try await poller.poll()
      let downloads = await board.snapshot.downloads
      #expect(downloads.map(\.id) == [download.id])
      #expect(downloads.first?.taskID != old)
      #expect(downloads.first?.attempt == 2)
    }
  }

  @Test("asking for a task tells what the backend says")
  func check() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let board = try Board(journal: Journal(), client: client)
      let download = try await submit(board)
      await #expect(throws: DownloadFailure.self) { try await board.check(download.id) }
      try await flush(board)
      let task = try #require(await board.download(download.id)?.taskID)
      lab.complete(task)
      #expect(try await board.check(download.id).status == .completed)
    }
  }
}

@Suite("Sizes of files whose tasks tell no bytes")
struct SizeLookupTests {
  private let time = Date(timeIntervalSince1970: 5000)

  private func running(
    _ body: @escaping @Sendable (CloudLab, Board, Download) async throws -> Void
  ) async throws {
    try await CloudLab.withClient { [self] lab, client in
      let board = try Board(journal: Journal(), client: client)
      let made = try await board.submit(
        [Submission(url: "https://huggingface.co/o/n/resolve/main/m.safetensors")],
        hosts: SourceHosts(environment: [:]), now: time)
      var outbox = Outbox(board: board, now: { [time] in time })
      try await outbox.flush(usingModelTypeTags: false)
      try await body(lab, board, made[0])
    }
  }

  @Test("are asked for once, and not before the task could have told them")
  func once() async throws {
    try await running { [self] lab, board, download in
      lab.describe(download.url, as: .object(["content_length": 4_000_000]))
      var lookup = SizeLookup(board: board)
      let tooEarly = try await lookup.next(at: time)
      let first = try await lookup.next(at: time + 5)
      let second = try await lookup.next(at: time + 5)
      #expect([tooEarly, first, second] == [false, true, false])
      #expect(await board.download(download.id)?.bytesTotal == 4_000_000)
      #expect(await board.download(download.id)?.fraction == nil)
    }
  }

  @Test("are left unknown when the backend does not know them either")
  func unknown() async throws {
    try await running { [self] lab, board, download in
      lab.describe(download.url, as: .object(["content_length": -1]))
      var lookup = SizeLookup(board: board)
      let first = try await lookup.next(at: time + 5)
      let second = try await lookup.next(at: time + 5)
      #expect([first, second] == [true, false])
      #expect(await board.download(download.id)?.bytesTotal == nil)
    }
  }
}
