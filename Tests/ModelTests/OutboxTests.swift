import CloudLab
import ComfyAPI
import ComfyClient
import Downloads
import Foundation
import Synchronization
import Testing

@testable import Model

@Suite("Outbox")
struct OutboxTests {
  private let time = Date(timeIntervalSince1970: 5000)
  private let clock = WallClock()

  private func submissions(_ count: Int) -> [Submission] {
    (0..<count).map {
      Submission(
        url: "https://huggingface.co/o/n/resolve/main/\(1000 + $0).safetensors", tags: [],
        folder: nil, userMetadata: [:], previewID: nil)
    }
  }

  private func submit(_ count: Int, to board: Board) async throws -> [Download] {
    try await board.submit(
      submissions(count), hosts: SourceHosts(environment: [:]), now: time)
  }

  private func flush(_ board: Board, at now: Date? = nil) async throws {
    let now = now ?? time
    var outbox = Outbox(board: board, now: { now })
    try await outbox.flush(usingModelTypeTags: false)
  }

  @Test("what is queued goes out in order, all of it, once")
  func order() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let board = try Board(journal: Journal(), client: client)
      let made = try await submit(60, to: board)
      try await flush(board)
      try await flush(board)
      let sent = lab.sentURLs
      #expect(sent.count == 60)
      #expect(Set(sent).count == 60)
      // A few are under way at a time, so each is at most so many places from its own.
      for (place, download) in made.enumerated() {
        let index = try #require(sent.firstIndex(of: download.url))
        #expect(abs(index - place) < Outbox.width)
      }
      let downloads = await board.snapshot.downloads
      #expect(downloads.allSatisfy { $0.taskID != nil })
      // The cloud is told nothing that its contract does not have.
      #expect(lab.requests.allSatisfy { $0.headers[QueuePlace.header.lowercased()] == nil })
    }
  }

  @Test("a request whose answer was lost is found among the tasks and not sent again")
  func lostAnswer() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let journal = try Journal()
      let board = try Board(journal: journal, client: client)
      let made = try await submit(1, to: board)
      // A program sent it and died before the answer came.
      _ = try journal.claim(made[0].id, now: time)
      lab.startElsewhere("https://huggingface.co/o/n/resolve/main/other.safetensors")
      let lost = lab.startElsewhere(made[0].url)
      let later = time + Journal.claimLifetime + 1
      try await flush(board, at: later)
      #expect(await board.download(made[0].id)?.taskID == lost.id)
      #expect(lab.sentURLs.isEmpty)
    }
  }

  @Test("a lost answer that the poll finds first belongs to its download all the same")
  func foundByPoll() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let journal = try Journal()
      let board = try Board(journal: journal, client: client)
      let made = try await submit(1, to: board)
      _ = try journal.claim(made[0].id, now: time)
      let lost = lab.startElsewhere(made[0].url)
      let time = time
      var poller = Poller(board: board, now: { time })
      try await poller.poll()
      let later = time + Journal.claimLifetime + 1
      try await flush(board, at: later)
      #expect(await board.snapshot.downloads.map(\.taskID) == [lost.id])
      #expect(try journal.downloads(of: "test").map(\.taskID) == [lost.id])
      #expect(lab.sentURLs.isEmpty)
    }
  }

  @Test(
    "a killed program's requests are looked for at once, and sent again when they cannot arrive")
  func killed() async throws {
    let folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "journal.sqlite").path()
    try await CloudLab.withClient { [self] lab, client in
      let board = try Board(journal: Journal(path: path), client: client)
      let made = try await submit(10, to: board)
      do {
        let victim = try Journal(path: path)
        _ = try victim.claim(made[0..<8].map(\.id), now: time)
      }
      var outbox = Outbox(board: board, now: { [clock] in clock.now })
      for download in made[0..<3] { lab.startElsewhere(download.url) }
      try await outbox.flush(usingModelTypeTags: false)
      // Three had arrived, two were never sent, and nobody can say yet what becomes of five.
      #expect(lab.sentURLs.sorted() == made[8...].map(\.url))
      #expect(lab.requests("GET /api/tasks?").count == 1)
      #expect(lab.requests("GET /api/tasks/").count == 3)
      #expect(await board.queued().map(\.id) == made[3..<8].map(\.id))

      lab.startElsewhere(made[3].url)
      clock.advance(by: Outbox.settling - 1)
      try await outbox.flush(usingModelTypeTags: false)
      #expect(lab.sentURLs.count == 2)
      clock.advance(by: 2)
      try await outbox.flush(usingModelTypeTags: false)
      #expect(lab.sentURLs.count == 6)
      #expect(Set(lab.tasks.map(\.url)).count == 10)
      #expect(lab.tasks.count == 10)
      #expect(await board.queued().isEmpty)
    }
  }

  @Test("a request that was refused before it left is sent again without a look")
  func neverLeft() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let board = try Board(journal: Journal(), client: client)
      _ = try await submit(1, to: board)
      lab.inject(.refuse(429), on: "POST")
      await #expect(throws: ClientError.self) { try await flush(board) }
      try await flush(board)
      #expect(lab.requests("GET").isEmpty)
      #expect(lab.tasks.count == 1)
    }
  }

  @Test("one that never arrived is sent after all")
  func neverArrived() async throws {
    try await CloudLab.withClient { [self] lab, client in
      let journal = try Journal()
      let board = try Board(journal: journal, client: client)
      let made = try await submit(1, to: board)
      _ = try journal.claim(made[0].id, now: time)
      let later = time + Journal.claimLifetime + 1
      try await flush(board, at: later)
      #expect(lab.sentURLs == [made[0].url])
      #expect(await board.download(made[0].id)?.taskID != nil)
    }
  }
}

@Suite("Doubtful tasks")
struct DoubtfulTaskTests {
  private func running(
    _ body: @escaping @Sendable (CloudLab, Board, Download, WallClock) async throws -> Void
  ) async throws {
    try await CloudLab.withClient { lab, client in
      let time = Date(timeIntervalSince1970: 5000)
      let board = try Board(journal: Journal(), client: client)
      let made = try await board.submit(
        [
          Submission(
            url: "https://huggingface.co/o/n/resolve/main/a.safetensors", tags: [], folder: nil,
            userMetadata: [:], previewID: nil)
        ], hosts: SourceHosts(environment: [:]), now: time)
      var outbox = Outbox(board: board, now: { time })
      try await outbox.flush(usingModelTypeTags: false)
      let download = try #require(await board.download(made[0].id))
      try await body(lab, board, download, WallClock(time))
    }
  }

  @Test("a failure that was premature turns into what the backend says later")
  func prematureFailure() async throws {
    try await running { lab, board, download, clock in
      let id = try #require(download.taskID)
      var poller = Poller(board: board, now: { clock.now })
      lab.move(id, to: "failed")
      try await poller.poll()
      #expect(await board.download(download.id)?.status == .failed)
      lab.complete(id)
      try await poller.poll()
      #expect(await board.download(download.id)?.status == .failed)
      clock.advance(by: 11)
      try await poller.poll()
      #expect(await board.download(download.id)?.status == .completed)
    }
  }

  @Test("a cancel that nobody confirms settles after six more looks")
  func unconfirmedCancel() async throws {
    try await running { lab, board, download, clock in
      lab.move(try #require(download.taskID), to: "running")
      lab.set(\.cancel, .ignored)
      try await board.cancel(download.id)
      var poller = Poller(board: board, now: { clock.now })
      for _ in 0..<6 {
        try await poller.poll()
        #expect(await board.download(download.id)?.status == .cancellationPending)
        clock.advance(by: 11)
      }
      try await poller.poll()
      #expect(await board.download(download.id)?.status == .cancelled)
    }
  }
}
