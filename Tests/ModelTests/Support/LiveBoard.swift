import CloudLab
import ComfyClient
import Downloads
import Foundation
import Testing

@testable import Model

/// A board kept true by its service, with a lab for its cloud.
///
/// The clock runs fifty times as fast: what takes ten seconds takes a fifth of one. It begins an
/// hour ago, so that it is never ahead of the lab's.
struct LiveBoard: Sendable {
  let lab: CloudLab
  let board: Board

  /// Runs a body while the service runs.
  static func withRunning(
    _ lab: CloudLab, client: ComfyClient? = nil, journal: Journal? = nil,
    intervals: BoardService.Intervals = .brisk, speed: Double = 50,
    clock: any Clock<Duration> = ContinuousClock(),
    _ body: (LiveBoard) async throws -> Void
  ) async throws {
    let start = Date()
    let now = { @Sendable in
      start.addingTimeInterval(Date().timeIntervalSince(start) * speed - 3600)
    }
    let board = try Board(
      journal: journal ?? Journal(), client: client ?? lab.client(), now: now, clock: clock)
    let service = BoardService(
      board: board, intervals: intervals, reachBackend: { () throws(DownloadFailure) in },
      now: now, jitter: { 0 })
    let running = Task { await service.run() }
    do {
      try await body(LiveBoard(lab: lab, board: board))
    } catch {
      running.cancel()
      await running.value
      throw error
    }
    running.cancel()
    await running.value
  }

  static func withRunning(_ body: (LiveBoard) async throws -> Void) async throws {
    try await CloudLab.withRunning { lab in try await withRunning(lab, body) }
  }

  static func links(_ count: Int) -> [String] {
    (0..<count).map { "https://huggingface.co/o/n/resolve/main/\(1000 + $0).safetensors" }
  }

  /// Queues links, and waits until the lab has a task for each.
  func start(_ count: Int = 1) async throws -> [CloudTask] {
    try await queue(count)
    #expect(await eventually { lab.tasks.count >= count })
    #expect(await eventually { await downloads.allSatisfy { $0.taskID != nil } })
    return lab.tasks
  }

  func queue(_ count: Int = 1, folder: Folder? = nil) async throws {
    _ = try await board.submit(
      Self.links(count).map { Submission(url: $0, folder: folder) },
      hosts: SourceHosts(environment: [:]), now: Date())
  }

  var downloads: [Download] { get async { await board.snapshot.downloads } }

  /// The one download of a task.
  func download(_ task: CloudTask) async throws -> Download {
    let mine = await downloads.filter { $0.taskID == task.id }
    #expect(mine.count == 1)
    return try #require(mine.first)
  }

  /// True once the board shows each of the lab's tasks, once, as the lab has it, and nothing else.
  func isTrue() async -> Bool {
    await eventually {
      await state(of: downloads) == state(of: lab.tasks)
    }
  }

  private func state(of downloads: [Download]) -> [String] {
    downloads.map { "\($0.url) \($0.taskID ?? "-") \($0.status.rawValue)" }.sorted()
  }

  private func state(of tasks: [CloudTask]) -> [String] {
    tasks.map { "\($0.url) \($0.id) \($0.status)" }.sorted()
  }

  /// Waits until the board says of the backend what is expected.
  func says(_ expected: (BackendState.Connection) -> Bool) async -> Bool {
    await eventually { expected(await board.snapshot.backend.connection) }
  }
}

extension BoardService.Intervals {
  /// For tests that do not count.
  static var brisk: BoardService.Intervals {
    var intervals = BoardService.Intervals(active: .milliseconds(40), idle: .milliseconds(40))
    intervals.shortestPause = 0.1
    return intervals
  }
}

extension BackendState.Connection {
  var isOffline: Bool {
    if case .offline = self { true } else { false }
  }

  var isRefused: Bool {
    if case .refused = self { true } else { false }
  }
}
