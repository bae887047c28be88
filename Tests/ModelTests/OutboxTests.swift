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

  private func outbox(_ board: Board, at now: Date? = nil) -> Outbox {
    let now = now ?? time
    return Outbox(board: board, now: { now })
  }

  @Test("what is queued goes out in order, all of it, once")
  func order() async throws {
    try await FakeBackend.withRunning { [self] backend, client in
      let board = try Board(journal: Journal(), client: client)
      let made = try await submit(60, to: board)
      try await outbox(board).flush(usingModelTypeTags: false)
      try await outbox(board).flush(usingModelTypeTags: false)
      let sent = backend.requests.filter { $0.hasPrefix("download") }
      #expect(sent.count == 60)
      #expect(Set(sent).count == 60)
      // A few are under way at a time, so each is at most so many places from its own.
      for (place, download) in made.enumerated() {
        let index = try #require(sent.firstIndex(of: "download \(download.url)"))
        #expect(abs(index - place) < Outbox.width)
      }
      let downloads = await board.snapshot.downloads
      #expect(downloads.allSatisfy { $0.taskID != nil })
    }
  }

  @Test("a request whose answer was lost is found among the tasks and not sent again")
  func lostAnswer() async throws {
    try await FakeBackend.withRunning { [self] backend, client in
      let journal = try Journal()
      let board = try Board(journal: journal, client: client)
      let made = try await submit(1, to: board)
      // A program sent it and died before the answer came.
      _ = try journal.claim(made[0].id, now: time)
      backend.addTask("other", .running)
      backend.addTask("lost", .running, url: made[0].url)
      let later = time + Journal.claimLifetime + 1
      try await outbox(board, at: later).flush(usingModelTypeTags: false)
      #expect(await board.download(made[0].id)?.taskID == "lost")
      #expect(!backend.requests.contains { $0.hasPrefix("download") })
    }
  }

  @Test("a lost answer that the poll finds first belongs to its download all the same")
  func foundByPoll() async throws {
    try await FakeBackend.withRunning { [self] backend, client in
      let journal = try Journal()
      let board = try Board(journal: journal, client: client)
      let made = try await submit(1, to: board)
      _ = try journal.claim(made[0].id, now: time)
      backend.addTask("lost", .running, url: made[0].url)
      let time = time
      var poller = Poller(board: board, now: { time })
      try await poller.poll()
      let later = time + Journal.claimLifetime + 1
      try await outbox(board, at: later).flush(usingModelTypeTags: false)
      #expect(await board.snapshot.downloads.map(\.taskID) == ["lost"])
      #expect(try journal.downloads(of: "test").map(\.taskID) == ["lost"])
      #expect(!backend.requests.contains { $0.hasPrefix("download") })
    }
  }

  @Test("one that never arrived is sent after all")
  func neverArrived() async throws {
    try await FakeBackend.withRunning { [self] backend, client in
      let journal = try Journal()
      let board = try Board(journal: journal, client: client)
      let made = try await submit(1, to: board)
      _ = try journal.claim(made[0].id, now: time)
      let later = time + Journal.claimLifetime + 1
      try await outbox(board, at: later).flush(usingModelTypeTags: false)
      #expect(backend.requests.filter { $0.hasPrefix("download") }.count == 1)
      #expect(await board.download(made[0].id)?.taskID != nil)
    }
  }
}

@Suite("Doubtful tasks")
struct DoubtfulTaskTests {
  private func running(
    _ body: @escaping @Sendable (FakeBackend, Board, Download, Clock) async throws -> Void
  ) async throws {
    try await FakeBackend.withRunning { backend, client in
      let time = Date(timeIntervalSince1970: 5000)
      let board = try Board(journal: Journal(), client: client)
      let made = try await board.submit(
        [
          Submission(
            url: "https://huggingface.co/o/n/resolve/main/a.safetensors", tags: [], folder: nil,
            userMetadata: [:], previewID: nil)
        ], hosts: SourceHosts(environment: [:]), now: time)
      try await Outbox(board: board, now: { time }).flush(usingModelTypeTags: false)
      let download = try #require(await board.download(made[0].id))
      try await body(backend, board, download, Clock(time))
    }
  }

  @Test("a failure that was premature turns into what the backend says later")
  func prematureFailure() async throws {
    try await running { backend, board, download, clock in
      let id = try #require(download.taskID)
      var poller = Poller(board: board, now: { clock.now })
      backend.change(id) { $0.status = .failed }
      try await poller.poll()
      #expect(await board.download(download.id)?.status == .failed)
      backend.change(id) { $0.status = .completed }
      try await poller.poll()
      #expect(await board.download(download.id)?.status == .failed)
      clock.advance(by: 11)
      try await poller.poll()
      #expect(await board.download(download.id)?.status == .completed)
    }
  }

  @Test("a cancel that nobody confirms settles after six more looks")
  func unconfirmedCancel() async throws {
    try await running { backend, board, download, clock in
      let id = try #require(download.taskID)
      try await board.cancel(download.id)
      // The backend took the wish and goes on all the same.
      backend.change(id) { $0.status = .running }
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

/// A clock that only moves when the test says so.
private final class Clock: Sendable {
  private let time: Mutex<Date>

  init(_ time: Date) { self.time = Mutex(time) }

  var now: Date { time.withLock { $0 } }

  func advance(by seconds: Double) { time.withLock { $0 += seconds } }
}
