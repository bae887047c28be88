import Downloads
import HostileInput
import Origins
import Testing

@testable import Engine

@Suite("What a stopped download has received") struct InheritanceTests {
  /// Of the first file only the beginning comes; all of its copy elsewhere does.
  private func benchWithCopy() throws -> (Bench, ScriptedFile) {
    let bench = try Bench()
    let file = bench.offerHeldFile()
    bench.offerCopy(of: file)
    return (bench, file)
  }

  @Test("is gone on with by another link to the same content") func otherLink() async throws {
    let (bench, file) = try benchWithCopy()
    try await bench.withEngine { engine in
      let first = try await engine.cancelHeld()
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
      _ = try await engine.cancelHeld()
      bench.releaseFile()
      #expect(try await engine.ended(try await engine.queue()).status == .completed)
    }
    #expect(bench.source.offsets == [0, 40_000])
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }

  @Test("of a paused one is gone on with, and that one needs no byte then") func paused()
    async throws
  {
    let (bench, _) = try benchWithCopy()
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
      let first = try await engine.cancelHeld()
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
      let first = try await engine.cancelHeld()
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
      let first = try await engine.cancelHeld()
      #expect(try await engine.ended(try await engine.queue(Bench.otherURL)).status == .completed)
      #expect(try await engine.task(first).progress?.bytesDownloaded == 40_000)
    }
    #expect(bench.read("checkpoints/other.safetensors") == other.bytes)
  }

  @Test("is not lost when the engine dies between the file and the database") func crash()
    async throws
  {
    let (bench, file) = try benchWithCopy()
    let first = try await bench.withEngine { try await $0.cancelHeld() }
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
    let (bench, file) = try benchWithCopy()
    try await bench.withEngine { engine in
      let first = try await engine.cancelHeld()
      try Disk.remove(bench.models + "/.winch/" + TaskRecord.partialName(of: first))
      #expect(try await engine.ended(try await engine.queue(Bench.otherURL)).status == .completed)
    }
    #expect(bench.source.offsets == [0, 0])
    #expect(bench.read("checkpoints/copy.safetensors") == file.bytes)
  }

  @Test(
    "is never fetched again, whatever is paused, cancelled, retried and queued in between",
    arguments: 1...8 as ClosedRange<UInt64>)
  func anyOrder(seed: UInt64) async throws {
    let bench = try Bench()
    let links = (0..<3).map { "https://huggingface.co/acme/m\($0)/resolve/main/\($0).safetensors" }
    for (number, link) in links.enumerated() {
      var file = ScriptedFile(size: 100_000, name: "\(number).safetensors")
      file.identity = "scripted:\(number)"
      file.holdsAt = 0
      bench.source.offer(file, at: link)
    }
    let content = ScriptedFile(size: 100_000).bytes
    var random = HostileInput(seed: seed)
    let turns = (1...24).map { turn in
      (
        position: turn * 4000, link: Int.random(in: 0..<3, using: &random),
        deed: Int.random(in: 0..<4, using: &random)
      )
    }
    try await bench.withEngine { engine in
      var ids: [Int: String] = [:]
      for turn in turns {
        let id = ids[turn.link]
        switch (turn.deed, id) {
        case (0, let id?): try? await engine.pause(id)
        case (1, let id?): try? await engine.cancel(id)
        case (2, let id?): try? await engine.retry(id)
        case (3, let id?): _ = try? await engine.resume(id)
        default: ids[turn.link] = try await engine.queue(links[turn.link])
        }
        for link in links { bench.source.change(link) { $0?.holdsAt = turn.position } }
        try await Task.sleep(for: .milliseconds(10))
      }
      for link in links { bench.source.change(link) { $0?.holdsAt = nil } }
      for id in ids.values {
        try? await engine.resume(id)
        try? await engine.retry(id)
      }
      for id in ids.values { #expect(try await engine.ended(id).status == .completed) }
    }
    #expect(bench.source.offsets == bench.source.offsets.sorted(), "\(bench.source.offsets)")
    #expect(!bench.placedFiles().isEmpty)
    for path in bench.placedFiles() { #expect(bench.read(path) == content, "\(path)") }
    #expect(bench.workFiles.isEmpty, "\(bench.workFiles)")
  }
}

extension Engine {
  /// Asks for the held file, and stops it with what has come.
  fileprivate func cancelHeld() async throws -> String {
    let id = try await queueUntilHeld()
    try await cancel(id)
    return id
  }
}
