import Downloads
import Foundation
import Model
import OriginLab
import Testing

@testable import EngineServer

/// What the screen does with the queue, against a real engine.
@Suite("a board and a real engine's queue", .serialized)
struct BoardQueueTests {
  /// Runs a body with a board on an engine that has accepted so many slow downloads and begun three
  /// of them; the engine fetches three at one time.
  private func withQueue(
    of count: Int, hubLatency: ClosedRange<Int> = 0...0,
    _ body: (Board, _ models: String) async throws -> Void
  ) async throws {
    try await StoredLibrary.with { library in
      library.lab.setHubLatency(milliseconds: hubLatency)
      let client = library.server.client
      let board = try Board(journal: Journal(), client: client)
      let service = BoardService(
        board: board, intervals: BoardService.Intervals(active: .milliseconds(50)),
        reachBackend: { () throws(DownloadFailure) in })
      let hosts = try SourceHosts(environment: ["HF_ENDPOINT": library.lab.hubEndpoint])
      let links = (0..<count).map { number in
        let name = "slow-\(number).safetensors"
        var file = LabFile.safetensors(size: 50_000_000, seed: UInt64(100 + number))
        file.faults.bytesPerSecond = 1_000_000
        library.lab.addHuggingFace(repo: "org/repo", path: name, file: file)
        return "\(library.lab.hubEndpoint)/org/repo/resolve/main/\(name)"
      }
      _ = try await board.submit(
        links.map { Submission(url: $0, folder: Folder("loras")) }, hosts: hosts, now: Date())
      let running = Task { await service.run() }
      defer { running.cancel() }
      #expect(
        await comesTrue {
          let all = await slow(board)
          return all.allSatisfy { $0.taskID != nil }
            && all.filter { $0.bytesDownloaded ?? 0 > 0 }.count == min(3, count)
        })
      try await body(board, library.models)
    }
  }

  private func slow(_ board: Board) async -> [Download] {
    await board.snapshot.downloads.filter { $0.url.contains("/slow-") }
  }

  private func comesTrue(_ condition: () async -> Bool) async -> Bool {
    for _ in 0..<1000 {
      if await condition() { return true }
      try? await Task.sleep(for: .milliseconds(20))
    }
    return await condition()
  }

  @Test("it learns what the engine can do")
  func abilities() async throws {
    try await withQueue(of: 1) { board, _ in
      #expect(await board.snapshot.backend.abilities == Set(BackendState.Ability.allCases))
    }
  }

  @Test("a pause is shown at once and keeps the bytes, and ends when it is taken back")
  func pauses() async throws {
    try await withQueue(of: 1) { board, _ in
      let id = try #require(await slow(board).first?.id)
      try await board.pause(id)
      let paused = try #require(await slow(board).first)
      #expect(paused.status == .created)
      #expect(paused.phase == .paused)
      #expect(paused.bytesDownloaded ?? 0 > 0)
      try await board.resume(id)
      #expect(await comesTrue { await slow(board).first?.status == .running })
    }
  }

  @Test("it has the order of the paste, and begins in it, however long each link takes its source")
  func pasteOrder() async throws {
    try await withQueue(of: 24, hubLatency: 0...60) { board, _ in
      #expect(
        await comesTrue {
          let orders = await slow(board).compactMap(\.queueOrder)
          return orders.count == 24 && orders == orders.sorted()
        })
      let running = await slow(board).map { $0.status == .running }
      #expect(running == (0..<24).map { $0 < 3 })
    }
  }

  @Test("what waits changes its place, and what flows does not")
  func moves() async throws {
    try await withQueue(of: 5) { board, _ in
      #expect(await comesTrue { await slow(board).allSatisfy { $0.queueOrder != nil } })
      let all = await slow(board)
      let waiting = all.filter { $0.status == .created }
      #expect(waiting.count == 2)
      try await board.move(waiting[1].id, to: .up)
      #expect(
        await comesTrue {
          let orders = await slow(board).filter { $0.status == .created }.compactMap(\.queueOrder)
          return orders.count == 2 && orders[1] < orders[0]
        })
      let flowing = try #require(all.first { $0.status == .running })
      await #expect(throws: DownloadFailure.self) { try await board.move(flowing.id, to: .end) }
    }
  }

  @Test("what is skipped goes to the queue's end with its bytes, and the next one begins")
  func skips() async throws {
    try await withQueue(of: 4) { board, _ in
      func now(_ id: UUID) async throws -> Download {
        try #require(await slow(board).first { $0.id == id })
      }
      let flowing = try #require(await slow(board).first { $0.bytesDownloaded ?? 0 > 0 }).id
      let waiting = try #require(await slow(board).first { $0.status == .created }).id
      try await board.skip(flowing)
      #expect(await comesTrue { (try? await now(waiting).status) == .running })
      let skipped = try await now(flowing)
      #expect(skipped.status == .created)
      #expect(skipped.phase != .paused)
      #expect(skipped.bytesDownloaded ?? 0 > 0)
    }
  }

  @Test("what waits gets another folder and other tags, and what has begun does not")
  func revises() async throws {
    try await withQueue(of: 4) { board, _ in
      let hosts = try SourceHosts(environment: [:])
      let all = await slow(board)
      let waiting = try #require(all.first { $0.isUnbegun })
      func isQueuedAnew(_ isChanged: (Download) -> Bool) async -> Bool {
        await comesTrue {
          await slow(board).contains {
            $0.id == waiting.id && $0.status == .created && $0.taskID != waiting.taskID
              && isChanged($0)
          }
        }
      }
      try await board.revise(waiting.id, .folder(Folder("vae")), hosts: hosts)
      #expect(await isQueuedAnew { $0.folder == "vae" })
      try await board.revise(waiting.id, .tags(["mine"]), hosts: hosts)
      #expect(await isQueuedAnew { $0.folder == "vae" && $0.tags == ["mine"] })
      let begun = try #require(all.first { !$0.isUnbegun })
      await #expect(throws: DownloadFailure.self) {
        try await board.revise(begun.id, .tags([]), hosts: hosts)
      }
    }
  }

  @Test("a limit is shown as the engine has taken it")
  func limits() async throws {
    try await withQueue(of: 1) { board, _ in
      try await board.setLimit(2_000_000)
      #expect(await board.snapshot.backend.limit == 2_000_000)
      try await board.setLimit(nil)
      #expect(await board.snapshot.backend.limit == nil)
      await #expect(throws: DownloadFailure.self) { try await board.setLimit(1) }
    }
  }

  @Test("what is discarded leaves the list and no byte, and is not taken in again")
  func discards() async throws {
    try await withQueue(of: 1) { board, models in
      let id = try #require(await slow(board).first?.id)
      try await board.discard(id)
      #expect(await comesTrue { await slow(board).isEmpty })
      let left = try FileManager.default.contentsOfDirectory(atPath: models + "/.winch")
      #expect(left.filter { $0.hasSuffix(".part") } == [])
      try await Task.sleep(for: .milliseconds(300))
      #expect(await slow(board).isEmpty)
    }
  }

  @Test("a trace is had of a task, and not asked for where there is none")
  func traces() async throws {
    try await withQueue(of: 1) { board, _ in
      let download = try #require(await slow(board).first)
      #expect(try await board.trace(of: download.id)?.taskID == download.taskID)
      #expect(try await board.trace(of: UUID()) == nil)
    }
  }
}
