import ComfyAPI
import Downloads
import Foundation
import Origins
import Testing

@testable import Engine

@Suite("A task's trace") struct TraceTests {
  @Test("is fetched over connections that are told while there are any") func connections()
    async throws
  {
    let bench = try Bench()
    _ = bench.offerHeldFile()
    try await bench.withEngine { engine in
      let id = try await engine.queueUntilHeld()
      #expect((try await engine.task(id).progress?.connections ?? 0) > 0)
      try await engine.cancel(id)
      #expect(try await engine.ended(id).progress?.connections == nil)
    }
  }

  @Test("shows the connection and the bytes that are there while it runs") func live() async throws
  {
    let bench = try Bench()
    var file = ScriptedFile(size: 100_000)
    file.holdsAt = 40_000
    file.exchanges = [SourceExchange(host: "cdn.example", place: "cdn.example/f", status: 206)]
    let published = file.hashes.sha256
    bench.source.offer(file, at: Bench.url)
    try await bench.withEngine { engine in
      let id = try await engine.queue()
      try await engine.reached(40_000, id)
      let trace = try await engine.trace(id)
      #expect(trace.size == 100_000)
      #expect(trace.finished == [.init(start: 0, end: 40_000)])
      #expect(trace.connections.count == 1)
      #expect(trace.connections.first?.host == "cdn.example")
      #expect(trace.connections.first?.start == 0)
      #expect(trace.connections.first?.end == 100_000)
      #expect(trace.connections.first?.position == 40_000)
      #expect(trace.hashes.first == .init(kind: "sha256", expected: published))
    }
  }

  @Test("keeps attempts with status, reason and request id, also over a new start")
  func attempts() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 100_000)
    file.contentErrors = [.refusal("RATE_LIMITED", .retry(after: 7))]
    file.exchanges = [
      SourceExchange(
        host: "hub.example", place: "hub.example/m", status: 429, requestID: "Root=1-abc"),
      SourceExchange(
        host: "hub.example", place: "hub.example/m", status: 302, target: "cdn.example/f"),
    ]
    bench.source.offer(file, at: Bench.url)
    let id = try await bench.withEngine { engine in
      let id = try await engine.queue()
      _ = try await engine.ended(id)
      return id
    }
    let trace = try await bench.withEngine { try await $0.trace(id) }
    #expect(trace.attempts.map(\.number) == [1, 2])
    #expect(trace.attempts.first?.status == 429)
    #expect(trace.attempts.first?.code == "RATE_LIMITED")
    #expect(trace.attempts.first?.reason == "The source refused: RATE_LIMITED.")
    #expect(trace.attempts.first?.requestID == "Root=1-abc")
    #expect(trace.attempts.first?.host == "hub.example")
    #expect(trace.attempts.first?.nextAt != nil)
    #expect(trace.attempts.last?.code == nil)
    #expect(trace.attempts.last?.bytes == 100_000)
    #expect(
      trace.redirects == [.init(status: 302, from: "hub.example/m", to: "cdn.example/f")])
    #expect(trace.finished == [.init(start: 0, end: 100_000)])
    #expect(trace.connections.isEmpty)
    #expect(trace.hashes.first?.found == file.hashes.sha256)
    #expect(trace.hashes.contains { $0.kind == "blake3" && $0.found != nil })
  }

  @Test("says how many bytes a new start kept") func kept() async throws {
    let bench = try Bench()
    let (id, _) = try await bench.stopInTheMiddle()
    let trace = try await bench.withEngine { engine in
      _ = try await engine.ended(id)
      return try await engine.trace(id)
    }
    #expect(trace.resume?.keptBytes == 40_000)
    #expect(trace.resume?.ofBytes == 40_000)
  }

  @Test("says why bytes were dropped") func dropped() async throws {
    let bench = try Bench()
    let (id, _) = try await bench.stopInTheMiddle()
    bench.source.change(Bench.url) { $0?.identity = "scripted:2" }
    let trace = try await bench.withEngine { engine in
      _ = try await engine.ended(id)
      return try await engine.trace(id)
    }
    #expect(trace.resume?.keptBytes == 0)
    #expect(trace.resume?.ofBytes == 40_000)
    #expect(trace.resume?.reason.contains("changed") == true)
  }

  @Test("has both hashes when they differ") func mismatch() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 5000)
    let found = ScriptedFile.sha256(file.bytes)
    let expected = String(repeating: "ab", count: 32)
    file.hashes = .init(sha256: expected)
    bench.source.offer(file, at: Bench.url)
    let trace = try await bench.withEngine { engine in
      let id = try await engine.queue()
      _ = try await engine.ended(id)
      return try await engine.trace(id)
    }
    #expect(trace.hashes.first == .init(kind: "sha256", expected: expected, found: found))
    #expect(trace.attempts.last?.code == "HASH_MISMATCH")
  }

  @Test("never has more than fifty attempts") func bounded() {
    var trace = TransferTrace(taskID: "t")
    for second in 0..<120 {
      trace.beginAttempt(at: Date(timeIntervalSince1970: Double(second)))
    }
    #expect(trace.attempts.count == 50)
    #expect(trace.attempts.last?.number == 120)
  }

  @Test("asks the source once what it says of the model, because somebody looks")
  func facts() async throws {
    let bench = try Bench()
    var file = ScriptedFile(size: 5000)
    file.facts = SourceFacts(
      license: "apache-2.0", baseModel: "flux", trainedWords: ["word"], page: "https://page")
    bench.source.offer(file, at: Bench.url)
    try await bench.withEngine { engine in
      let id = try await engine.queue()
      _ = try await engine.ended(id)
      #expect(bench.source.factQuestions == 0)
      let source = try await eventually {
        let source = try await engine.trace(id).source
        return source.license == nil ? nil : source
      }
      #expect(source.license == "apache-2.0")
      #expect(source.triggerWords == ["word"])
      _ = try await engine.trace(id)
      #expect(bench.source.factQuestions == 1)
    }
  }

  @Test("of a task that is not there is refused") func unknown() async throws {
    let bench = try Bench()
    let engine = try bench.engine()
    await #expect(throws: EngineError.self) { _ = try await engine.trace("absent") }
  }

  @Test("a host that asks to be left alone is told with its time") func waiting() async throws {
    let live = LiveProgress()
    let date = Date(timeIntervalSince1970: 1000)
    let now = ContinuousClock.now
    for (id, seconds) in [("a", 0.0), ("b", 5)] {
      live.begin(id, bytes: 0, total: nil)
      live.enter(
        .waiting, id, message: "Busy \(id).",
        wait: (host: "hub.example", until: now + .seconds(seconds)))
    }
    live.begin("c", bytes: 0, total: nil)
    #expect(
      live.waitingHosts(at: now, date: date) == [
        WaitingHost(host: "hub.example", until: date + 5, reason: "Busy b.", transfers: 2)
      ])
    live.enter(.downloading, "a")
    live.end("b")
    #expect(live.waitingHosts(at: now, date: date).isEmpty)
  }
}
