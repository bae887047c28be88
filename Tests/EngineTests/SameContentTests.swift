import Downloads
import Origins
import Testing

@testable import Engine

@Suite("Tasks of the same content") struct SameContentTests {
  @Test("fetch it once, and each gets its name") func once() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    bench.offerCopy(of: file)
    try await bench.withEngine { engine in
      let first = try await engine.queueUntilHeld()
      let second = try await engine.queue(Bench.otherURL, tags: ["models", "loras"])
      let message = try await bench.waits(second, engine)
      #expect(
        message
          == "Waiting for “model.safetensors”, which has the same content and is being downloaded.")
      bench.releaseFile()
      #expect(try await engine.ended(first).status == .completed)
      let task = try await engine.ended(second)
      #expect(task.status == .completed)
      #expect(task.errorMessage == nil)
    }
    #expect(bench.source.offsets == [0])
    #expect(bench.isOneFile("checkpoints/model.safetensors", "loras/copy.safetensors"))
  }

  @Test("say nothing of the disk, and leave the slot to the one behind") func slot() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    bench.offerCopy(of: file)
    let other = "https://huggingface.co/acme/third/resolve/main/third.safetensors"
    bench.source.offer(ScriptedFile(size: 1000, seed: 3, name: "third.safetensors"), at: other)
    try await bench.withEngine { engine in
      _ = try await engine.queueUntilHeld()
      let second = try await engine.queue(Bench.otherURL)
      _ = try await bench.waits(second, engine)
      #expect(await engine.status().diskWait == nil)
      let third = try await engine.queue(other)
      #expect(try await engine.ended(third).status == .completed)
      #expect(try await engine.task(second).progress?.phase == .waiting)
      bench.releaseFile()
      #expect(try await engine.ended(second).status == .completed)
    }
  }

  @Test("that is only learnt after their beginning fetch it once as well, with no new attempt")
  func learntLate() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    bench.offerCopy(of: file)
    bench.source.change(Bench.otherURL) {
      $0?.resolveErrors = [.refusal("SOURCE_SERVER_ERROR", .retry(after: nil))]
    }
    try await bench.withEngine { engine in
      _ = try await engine.queueUntilHeld()
      let second = try await engine.queue(Bench.otherURL)
      _ = try await bench.waits(second, engine)
      bench.releaseFile()
      let task = try await engine.ended(second)
      #expect(task.status == .completed)
      #expect(task.payload["attempt"] == .integer(1))
    }
    #expect(bench.source.offsets == [0])
  }

  @Test("go on with the next when the first is cancelled") func cancelled() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    bench.offerCopy(of: file)
    try await bench.withEngine { engine in
      let first = try await engine.queueUntilHeld()
      let second = try await engine.queue(Bench.otherURL)
      _ = try await bench.waits(second, engine)
      try await engine.cancel(first)
      #expect(try await engine.ended(second).status == .completed)
    }
    #expect(bench.read("checkpoints/copy.safetensors") == file.bytes)
  }

  @Test("wait for one another again when the first goes on") func resumed() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    bench.offerCopy(of: file, holdingAt: 50_000)
    try await bench.withEngine { engine in
      let first = try await engine.queueUntilHeld()
      try await engine.pause(first)
      let second = try await engine.queue(Bench.otherURL)
      try await engine.reached(50_000, second)
      try await engine.resume(first)
      #expect(try await bench.waits(first, engine).contains("copy.safetensors"))
      bench.source.change(Bench.otherURL) { $0?.holdsAt = nil }
      #expect(try await engine.ended(second).status == .completed)
      #expect(try await engine.ended(first).status == .completed)
    }
    #expect(bench.workFiles.isEmpty)
  }

  @Test("are as many as there are, and still fetch it once") func many() async throws {
    let bench = try Bench()
    let file = ScriptedFile(size: 100_000)
    let urls = (0..<12).map { "https://huggingface.co/acme/model\($0)/resolve/main/m.safetensors" }
    for url in urls { bench.source.offer(file, at: url) }
    try await bench.withEngine { engine in
      let ids = try await withThrowingTaskGroup(of: String?.self) { group in
        for url in urls {
          group.addTask {
            let answer = try await engine.download(
              .init(sourceURL: url, tags: ["models", "checkpoints"]))
            guard case .task(let task) = answer else { return nil }
            return task.taskID
          }
        }
        return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
      }
      for id in ids { #expect(try await engine.ended(id).status == .completed) }
    }
    #expect(bench.source.offsets == [0])
  }

  @Test("wait for the first also while that waits for the disk with its file open")
  func disk() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    bench.offerCopy(of: file)
    try await bench.withEngine(reservedBytes: 1600) { engine in
      let first = try await engine.queueUntilHeld()
      bench.freeBytes = 1000
      _ = try await bench.waits(first, engine)
      let second = try await engine.queue(Bench.otherURL)
      #expect(try await bench.waits(second, engine).contains("model.safetensors"))
      bench.releaseFile()
      bench.freeBytes = nil
      #expect(try await engine.ended(first).status == .completed)
      #expect(try await engine.ended(second).status == .completed)
    }
    #expect(bench.source.offsets == [0, 40_000])
    #expect(bench.workFiles.isEmpty)
  }
}
