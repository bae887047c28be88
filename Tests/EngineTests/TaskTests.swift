import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Engine

@Suite("A task") struct TaskTests {
  private func kind(_ work: () async throws -> Void) async -> EngineError.Kind? {
    do {
      try await work()
      return nil
    } catch {
      return (error as? EngineError)?.kind
    }
  }

  @Test("that is cancelled stops, keeps its bytes, and goes on from them when retried")
  func cancelAndRetry() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    let task = try await bench.withEngine { engine in
      let id = try await engine.queueUntilHeld()
      try await engine.cancel(id)
      let cancelled = try await engine.task(id)
      #expect(cancelled.status == .cancelled)
      #expect(cancelled.progress?.bytesDownloaded == 40_000)
      #expect(bench.read(".winch/\(id).part")?.count == 40_000)
      bench.releaseFile()
      try await engine.retry(id)
      return try await engine.ended(id)
    }
    #expect(task.status == .completed)
    #expect(bench.source.offsets == [0, 40_000])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("can be cancelled before it begins, and twice") func cancelWaiting() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 10), at: Bench.url)
    let engine = try bench.engine()
    let id = try await engine.queue()
    try await engine.cancel(id)
    try await engine.cancel(id)
    #expect(try await engine.task(id).status == .cancelled)
  }

  @Test("that has completed can be neither cancelled nor retried") func completed() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 10), at: Bench.url)
    try await bench.withEngine { engine in
      let id = try await engine.queue()
      _ = try await engine.ended(id)
      #expect(await kind { try await engine.cancel(id) } == .conflict)
      #expect(await kind { try await engine.retry(id) } == .conflict)
    }
  }

  @Test("cannot be retried while another fetches its URL") func retryBesideAnother() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 10), at: Bench.url)
    let engine = try bench.engine()
    let first = try await engine.queue()
    try await engine.cancel(first)
    let second = try await engine.queue()
    #expect(second != first)
    #expect(await kind { try await engine.retry(first) } == .conflict)
    #expect(try await engine.task(first).status == .cancelled)
  }

  @Test("that nobody knows is not found") func unknown() async throws {
    let bench = try Bench()
    let engine = try bench.engine()
    #expect(await kind { _ = try await engine.task("nope") } == .notFound)
    #expect(await kind { try await engine.cancel("nope") } == .notFound)
    #expect(await kind { try await engine.retry("nope") } == .notFound)
  }

  @Test("is listed in pages, filtered by status") func pages() async throws {
    let bench = try Bench()
    let engine = try bench.engine()
    var ids: [String] = []
    for number in 0..<5 {
      let url = "https://huggingface.co/acme/m/resolve/main/\(number).bin"
      let file = ScriptedFile(size: 10)
      bench.source.offer(file, at: url)
      ids.append(try await engine.queue(url))
    }
    try await engine.cancel(ids[4])
    let page = try engine.tasks(
      TaskQuery(statuses: [.created], limit: 2, offset: 1, ascending: true))
    #expect(page.tasks.map(\.id) == [ids[1], ids[2]])
    #expect(page.pagination == PaginationInfo(offset: 1, limit: 2, total: 4, hasMore: true))
    #expect(try engine.tasks(TaskQuery()).tasks.first?.id == ids[4])
  }

  @Test("fails with a hint when its folder cannot be written") func cannotWrite() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 10), at: Bench.url)
    // A file in the way refuses root as well, unlike a mode.
    try bench.write([0], to: "checkpoints")
    let task = try await bench.withEngine { engine in
      try await engine.ended(try await engine.queue())
    }
    #expect(task.status == .failed)
    #expect(task.result?.errorCode == "CANNOT_WRITE")
    #expect(task.errorMessage?.contains("/checkpoints") == true)
    #expect(task.result?.hint != nil)
  }

  @Test("is taken by no engine whose models folder cannot be") func noModelsFolder() throws {
    let bench = try Bench()
    try bench.write([0], to: "file")
    let error = #expect(throws: EngineError.self) {
      try bench.engine(models: bench.models + "/file/models")
    }
    #expect(error?.response.code == "CANNOT_WRITE")
    #expect(error?.response.message.contains("/file") == true)
  }

  @Test("belongs to one engine: a second one on its database is refused") func oneEngine() throws {
    let bench = try Bench()
    let engine = try bench.engine()
    #expect(throws: EngineError.self) { try bench.engine() }
    withExtendedLifetime(engine) {}
  }

  @Test("is counted in the status") func status() async throws {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 10), at: Bench.url)
    let engine = try bench.engine()
    _ = try await engine.queue()
    let status = await engine.status()
    #expect(status.tasks == ["created": 1])
    #expect(status.modelsRoot == bench.models)
    #expect((status.freeBytes ?? 0) > 0)
    #expect(status.bytesPerSecond == 0)
  }
}
