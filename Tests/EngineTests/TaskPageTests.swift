import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Engine

@Suite("Pages of tasks") struct TaskPageTests {
  private let now = Date(timeIntervalSince1970: 1_800_000_000.125)

  private func with(_ body: (Store) async throws -> Void) async throws {
    let bench = try Bench()
    try await body(try Store(path: bench.directory + "/test.sqlite"))
    withExtendedLifetime(bench) {}
  }

  private func task(_ id: String) throws -> TaskRecord {
    let request = AssetDownloadRequest(sourceURL: Bench.url.replacing("/main/", with: "/\(id)/"))
    return TaskRecord(
      order: try DownloadOrder(request, hosts: SourceHosts(environment: [:])), id: id, now: now)
  }

  @Test("show of a task what its record holds") func fields() async throws {
    try await with { store in
      var task = try self.task("a")
      task.isPaused = true
      task.status = TaskStatus.completed.rawValue
      task.size = 1 << 40
      task.checkpoint = 1 << 39
      task.startedAt = now + 1
      task.completedAt = now + 2.5
      try await store.insert(task)
      let page = try store.tasks(TaskQuery())
      let summary = TaskSummary(
        id: "a", status: .completed, size: 1 << 40, checkpoint: 1 << 39, createdAt: now,
        startedAt: now + 1, completedAt: now + 2.5, position: 1, isPaused: true,
        speedLimit: nil)
      #expect(page.tasks == [summary])
      task.position = 1
      #expect(TaskSummary(task) == summary)
      #expect(page.total == 1)
    }
  }

  @Test("show every change at once, whoever makes it") func changes() async throws {
    try await with { store in
      let running = TaskQuery(statuses: [.running])
      #expect(try store.tasks(TaskQuery()).total == 0)
      #expect(try store.tasks(running).total == 0)
      try await store.insert(try task("a"))
      try await store.insert(try task("b"))
      #expect(try store.tasks(TaskQuery()).tasks.map(\.id) == ["b", "a"])
      #expect(try store.tasks(TaskQuery(limit: 1)).tasks.map(\.id) == ["b"])
      #expect(try store.tasks(TaskQuery(ascending: true)).tasks.map(\.id) == ["a", "b"])
      try await store.update("a", now: now) { $0.status = TaskStatus.running.rawValue }
      #expect(try store.tasks(running).tasks.map(\.id) == ["a"])
      let ranges = ByteRanges(0..<77)
      try await store.keep(
        TransferRanges(written: ranges, synced: ranges), of: "a", countsForTask: true, now: now)
      #expect(try store.tasks(running).tasks.map(\.checkpoint) == [77])
      try await store.write { try $0.execute(sql: "DELETE FROM tasks WHERE id = 'a'") }
      #expect(try store.tasks(running).total == 0)
      #expect(try store.tasks(TaskQuery()).total == 1)
    }
  }

  @Test("are not kept when a task changes while they are read") func race() async throws {
    try await with { store in
      try await store.insert(try task("a"))
      let stale = TaskPages.Page(tasks: [], total: 0)
      let page = try store.pages.page(TaskQuery()) {
        try store.recordPlacement("a", path: "x")
        return stale
      }
      #expect(page.total == 0)
      #expect(try store.tasks(TaskQuery()).total == 1)
    }
  }

  @Test("are read once as long as nothing changes, and never more are kept than a few")
  func kept() async throws {
    let pages = TaskPages()
    var reads = 0
    for offset in [0, 0, 1, 0] {
      _ = pages.page(TaskQuery(offset: offset)) {
        reads += 1
        return TaskPages.Page(tasks: [], total: offset)
      }
    }
    #expect(reads == 2)
    for offset in 0..<1000 {
      let page = pages.page(TaskQuery(offset: offset)) { .init(tasks: [], total: offset) }
      #expect(page.total == offset)
    }
    #expect(pages.count <= 32)
  }
}
