import ComfyAPI
import Downloads
import Foundation
import Testing

@testable import Engine

@Suite("Content that is stored already") struct StorageTests {
  private func benchWithStoredFile(_ body: @Sendable (Bench, Engine) async throws -> Void)
    async throws
  {
    let bench = try Bench()
    bench.source.offer(ScriptedFile(size: 20_000), at: Bench.url)
    try await bench.withEngine { engine in
      _ = try await engine.ended(try await engine.queue())
      try await body(bench, engine)
    }
  }

  @Test("answers a second request without a content byte") func secondRequest() async throws {
    try await benchWithStoredFile { bench, engine in
      let created = try await engine.stored(tags: ["models", "checkpoints", "new"])
      #expect(created.createdNew == false)
      #expect(created.asset.tags == ["models", "checkpoints", "new"])
      #expect(created.asset.size == 20_000)
      #expect(created.asset.loaderPath == "model.safetensors")
      #expect(bench.source.offsets == [0])
    }
  }

  @Test("gets a hard link in another folder") func otherFolder() async throws {
    try await benchWithStoredFile { bench, engine in
      let created = try await engine.stored(tags: ["models", "loras"])
      #expect(created.createdNew == true)
      #expect(created.asset.filePath == "models/loras/model.safetensors")
      let first = Disk.status(bench.models + "/checkpoints/model.safetensors")
      let second = Disk.status(bench.models + "/loras/model.safetensors")
      #expect(first != nil && first?.inode == second?.inode)
      #expect(bench.source.offsets == [0])
    }
  }

  @Test("gets a hard link under another name that is asked for, once") func otherName() async throws
  {
    try await benchWithStoredFile { bench, engine in
      for isFirst in [true, false] {
        let created = try await engine.stored(filename: "mine.safetensors")
        #expect(created.createdNew == isFirst)
        #expect(created.asset.filePath == "models/checkpoints/mine.safetensors")
      }
      #expect(bench.isOneFile("checkpoints/model.safetensors", "checkpoints/mine.safetensors"))
      #expect(bench.source.offsets == [0])
      #expect(try await engine.stored().asset.filePath == "models/checkpoints/model.safetensors")
    }
  }

  @Test("serves another URL with the same hash") func otherURL() async throws {
    try await benchWithStoredFile { bench, engine in
      var twin = ScriptedFile(size: 20_000, name: "twin.safetensors")
      twin.identity = "scripted:twin"
      bench.source.offer(twin, at: Bench.otherURL)
      let twinAsset = try await engine.stored(Bench.otherURL)
      #expect(!twinAsset.createdNew)
    }
  }

  @Test("is fetched anew when its file has changed") func changedFile() async throws {
    try await benchWithStoredFile { bench, engine in
      try bench.write([1], to: "checkpoints/model.safetensors")
      let task = try await engine.ended(try await engine.queue())
      #expect(task.result?.filename == "model (2).safetensors")
      #expect(bench.source.offsets == [0, 0])
    }
  }

  @Test("is fetched anew when its file is gone, under the same asset") func missingFile()
    async throws
  {
    try await benchWithStoredFile { bench, engine in
      let before = try await engine.stored().asset.id
      try FileManager.default.removeItem(atPath: bench.models + "/checkpoints/model.safetensors")
      let task = try await engine.ended(try await engine.queue())
      #expect(task.status == .completed)
      #expect(task.result?.assetID == before)
    }
  }

  @Test("serves a task that was queued before it was there") func queuedTwin() async throws {
    let bench = try Bench()
    var first = ScriptedFile(size: 20_000)
    first.holdsAt = 10_000
    bench.source.offer(first, at: Bench.url)
    var twin = ScriptedFile(size: 20_000, name: "twin.safetensors")
    twin.identity = "scripted:twin"
    bench.source.offer(twin, at: Bench.otherURL)
    let engine = try bench.engine()
    let one = try await engine.queue()
    let two = try await engine.queue(Bench.otherURL, tags: ["models", "loras"])
    try await engine.cancel(two)
    bench.source.change(Bench.url) { $0?.holdsAt = nil }
    let running = Task { await engine.run() }
    _ = try await engine.ended(one)
    try await engine.retry(two)
    let task = try await engine.ended(two)
    running.cancel()
    await running.value
    #expect(task.result?.filePath == "models/loras/twin.safetensors")
    #expect(bench.source.offsets == [0])
  }
}
