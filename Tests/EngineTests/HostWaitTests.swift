import ComfyAPI
import Downloads
import OriginLab
import Origins
import Testing

@testable import Engine

@Suite("A host that wants to be left alone") struct HostWaitTests {
  private let start = ContinuousClock.now

  @Test("is left alone until its time is over") func over() {
    let waits = HostWaits()
    waits.note("hub.example", seconds: 10, at: start)
    #expect(waits.remaining("hub.example", at: start + .seconds(4)) == .seconds(6))
    #expect(waits.remaining("hub.example", at: start + .seconds(10)) == nil)
    #expect(waits.remaining("other.example", at: start) == nil)
  }

  @Test("is not asked sooner because it then says less") func longestWins() {
    let waits = HostWaits()
    waits.note("hub.example", seconds: 10, at: start)
    waits.note("hub.example", seconds: 1, at: start)
    #expect(waits.remaining("hub.example", at: start) == .seconds(10))
  }

  @Test("cannot stop everything for good") func bounded() {
    let waits = HostWaits()
    waits.note("hub.example", seconds: 1e12, at: start)
    waits.note("odd.example", seconds: -5, at: start)
    #expect(waits.remaining("hub.example", at: start) == .seconds(3600))
    #expect(waits.remaining("odd.example", at: start) == nil)
  }

  @Test("is waited for by the downloads that it told nothing") func shared() async throws {
    let bench = try Bench()
    var told = ScriptedFile(size: 1000)
    told.exchanges = [
      SourceExchange(
        host: "content.example", place: "content.example/f", status: 429, wait: 40)
    ]
    bench.source.offer(told, at: Bench.url)
    bench.offerOtherFile(size: 1000)
    try await bench.withEngine { engine in
      _ = try await engine.ended(try await engine.queue())
      #expect(bench.pausesAsked.isEmpty)
      _ = try await engine.ended(try await engine.queue(Bench.otherURL))
    }
    let pause = try #require(bench.pausesAsked.first)
    #expect(pause > .seconds(30) && pause <= .seconds(40))
  }

  @Test("is shown with its time while a download waits for it") func shown() async throws {
    try await LabBench.with { bench in
      var file = LabFile.safetensors(size: 5000, seed: 3)
      file.faults.rateLimitedTimes = 1
      file.faults.rateLimitWindow = 30
      let url = bench.offer(file)
      try await bench.withEngine { engine in
        let id = try await engine.queue(url)
        let host = try await eventually("the wait is shown") {
          await engine.status().waitingHosts?.first
        }
        #expect(host.host.hasPrefix("127.0.0.1:"))
        let progress = try await engine.task(id).progress
        #expect(progress?.phase == .waiting)
        #expect(progress?.isMovable == false)
        let task = try await engine.ended(id)
        #expect(task.status == .completed)
      }
    }
  }
}
