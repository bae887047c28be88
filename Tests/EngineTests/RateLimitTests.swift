import ComfyAPI
import Foundation
import Synchronization
import Testing

@testable import Engine

@Suite("A rate limit") struct RateLimitTests {
  /// Time that passes only by sleeping.
  private final class Time: Sendable {
    private let start = ContinuousClock.now
    private let passed = Mutex(Duration.zero)

    var seconds: Double { passed.withLock { $0 / .seconds(1) } }

    func pass(_ duration: Duration) { passed.withLock { $0 += duration } }

    var limit: RateLimit {
      RateLimit(
        now: { self.start + self.passed.withLock { $0 } }, sleep: { self.pass($0) })
    }
  }

  @Test("takes as long for bytes as it says") func pace() async throws {
    let time = Time()
    let limit = time.limit
    limit.bytesPerSecond = 100_000
    for _ in 0..<100 { try await limit.pass(10_000) }
    #expect(abs(time.seconds - 10) < 0.2)
  }

  @Test("lets everything pass where there is none") func none() async throws {
    let time = Time()
    try await time.limit.pass(1 << 40)
    #expect(time.seconds == 0)
  }

  @Test("gives no licence for a flood after a pause") func afterPause() async throws {
    let time = Time()
    let limit = time.limit
    limit.bytesPerSecond = 100_000
    time.pass(.seconds(3600))
    for _ in 0..<10 { try await limit.pass(10_000) }
    #expect(time.seconds - 3600 > 0.8)
  }

  @Test("that is raised or lifted is felt by what waits already") func raised() async throws {
    let limit = RateLimit()
    limit.bytesPerSecond = 1
    let waiting = Task { try await limit.pass(1_000_000) }
    try await Task.sleep(for: .milliseconds(20))
    limit.bytesPerSecond = nil
    try await waiting.value
  }

  @Test("ends waiting when the transfer is cancelled") func cancelled() async throws {
    let limit = RateLimit()
    limit.bytesPerSecond = 1
    let waiting = Task { try await limit.pass(1_000_000) }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
  }

  @Test("of an engine outlives it, and is told in its status") func kept() async throws {
    let bench = try Bench()
    try await bench.withEngine { engine in
      _ = try await engine.setLimits(TransferLimits(bytesPerSecond: 5_000_000))
      #expect(await engine.status().limit == 5_000_000)
    }
    try await bench.withEngine { engine in
      #expect(await engine.limits().bytesPerSecond == 5_000_000)
      _ = try await engine.setLimits(TransferLimits())
      #expect(await engine.status().limit == nil)
    }
  }

  @Test("below what keeps a connection alive is refused") func tooLow() async throws {
    let bench = try Bench()
    let engine = try bench.engine()
    await #expect(throws: EngineError.self) {
      _ = try await engine.setLimits(TransferLimits(bytesPerSecond: 999))
    }
  }

  @Test("slows a transfer down, which keeps every byte") func slowsDown() async throws {
    let bench = try Bench()
    let file = ScriptedFile(size: 100_000)
    bench.source.offer(file, at: Bench.url)
    let start = ContinuousClock.now
    try await bench.withEngine { engine in
      _ = try await engine.setLimits(TransferLimits(bytesPerSecond: 100_000))
      let id = try await engine.queue()
      #expect(try await engine.ended(id).status == .completed)
    }
    #expect(ContinuousClock.now - start > .milliseconds(700))
    #expect(bench.read("checkpoints/model.safetensors") == file.bytes)
  }
}
