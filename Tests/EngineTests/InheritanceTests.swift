import Downloads
import Origins
import Testing

@testable import Engine

@Suite("What a stopped download has received") struct InheritanceTests {
  @Test("is gone on with by another link to the same content") func otherLink() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    bench.offerCopy(of: file)
    try await bench.withEngine { engine in
      let first = try await engine.queueUntilHeld()
      try await engine.cancel(first)
      let second = try await engine.queue(Bench.otherURL)
      let task = try await engine.ended(second)
      #expect(task.status == .completed)
      #expect(
        task.payload["note"]
          == .string("Took over 40 kB that another download has received of the same content."))
      #expect(try await engine.trace(second).resume?.keptBytes == 40_000)
      let given = try await engine.task(first)
      #expect(given.progress?.bytesDownloaded == 0)
      #expect(
        given.payload["note"]
          == .string("Its 40 kB went on to another download of the same content."))
    }
    #expect(bench.source.offsets == [0, 40_000])
    #expect(bench.read("checkpoints/copy.safetensors") == file.bytes)
    #expect(bench.workFiles.isEmpty)
  }

  @Test("is gone on with by the same link, queued anew") func sameLink() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    try await bench.withEngine { engine in
      try await engine.cancel(try await engine.queueUntilHeld())
      bench.releaseFile()
      #expect(try await engine.ended(try await engine.queue()).status == .completed)
    }
    #expect(bench.source.offsets == [0, 40_000])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("of a paused one is gone on with, and that one needs no byte then") func paused()
    async throws
  {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    bench.offerCopy(of: file)
    try await bench.withEngine { engine in
      let first = try await engine.queueUntilHeld()
      try await engine.pause(first)
      let second = try await engine.queue(Bench.otherURL, tags: ["models", "loras"])
      #expect(try await engine.ended(second).status == .completed)
      try await engine.resume(first)
      #expect(try await engine.ended(first).status == .completed)
    }
    #expect(bench.source.offsets == [0, 40_000])
    #expect(bench.isOneFile("checkpoints/model.safetensors", "loras/copy.safetensors"))
  }

  @Test("comes back to the first when the second is stopped in its turn") func back() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    bench.offerCopy(of: file, holdingAt: 60_000)
    try await bench.withEngine { engine in
      let first = try await engine.queueUntilHeld()
      try await engine.cancel(first)
      let second = try await engine.queue(Bench.otherURL)
      try await engine.reached(60_000, second)
      try await engine.cancel(second)
      bench.releaseFile()
      try await engine.retry(first)
      #expect(try await engine.ended(first).status == .completed)
    }
    #expect(bench.source.offsets == [0, 40_000, 60_000])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("is left alone where no hash tells that it is the same content") func noHash() async throws
  {
    let bench = try Bench()
    var file = bench.offerHeldFile()
    file.hashes = PublishedHashes()
    bench.source.offer(file, at: Bench.url)
    bench.offerCopy(of: file)
    try await bench.withEngine { engine in
      let first = try await engine.queueUntilHeld()
      try await engine.cancel(first)
      #expect(try await engine.ended(try await engine.queue(Bench.otherURL)).status == .completed)
      #expect(try await engine.task(first).progress?.bytesDownloaded == 40_000)
    }
    #expect(bench.source.offsets == [0, 0])
  }

  @Test("is no other content's") func otherContent() async throws {
    let bench = try Bench()
    bench.offerHeldFile()
    let other = bench.offerOtherFile(size: 100_000)
    try await bench.withEngine { engine in
      let first = try await engine.queueUntilHeld()
      try await engine.cancel(first)
      #expect(try await engine.ended(try await engine.queue(Bench.otherURL)).status == .completed)
      #expect(try await engine.task(first).progress?.bytesDownloaded == 40_000)
    }
    #expect(bench.read("checkpoints/other.safetensors") == other.bytes)
  }

  @Test("is not lost when the engine dies between the file and the database") func crash()
    async throws
  {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    bench.offerCopy(of: file)
    let first = try await bench.withEngine { engine in
      let first = try await engine.queueUntilHeld()
      try await engine.cancel(first)
      return first
    }
    let engine = try await eventually { try? bench.engine() }
    let second = try await engine.queue(Bench.otherURL)
    let work = bench.models + "/.winch/"
    try Disk.rename(
      work + TaskRecord.partialName(of: first), to: work + TaskRecord.partialName(of: second))
    let task = try await engine.running { try await $0.ended(second) }
    #expect(task.status == .completed)
    #expect(bench.source.offsets == [0, 40_000])
    #expect(bench.read("checkpoints/copy.safetensors") == file.bytes)
  }

  @Test("is fetched again where somebody has removed it") func removed() async throws {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    bench.offerCopy(of: file)
    try await bench.withEngine { engine in
      let first = try await engine.queueUntilHeld()
      try await engine.cancel(first)
      try Disk.remove(bench.models + "/.winch/" + TaskRecord.partialName(of: first))
      #expect(try await engine.ended(try await engine.queue(Bench.otherURL)).status == .completed)
    }
    #expect(bench.source.offsets == [0, 0])
    #expect(bench.read("checkpoints/copy.safetensors") == file.bytes)
  }
}
