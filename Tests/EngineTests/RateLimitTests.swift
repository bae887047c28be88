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
    for _ in 0..<100 { try await RateLimit.pass(10_000, [limit]) }
    #expect(abs(time.seconds - 10) < 0.2)
  }

  @Test("lets everything pass where there is none") func none() async throws {
    let time = Time()
    try await RateLimit.pass(1 << 40, [time.limit])
    #expect(time.seconds == 0)
  }

  @Test("gives no licence for a flood after a pause") func afterPause() async throws {
    let time = Time()
    let limit = time.limit
    limit.bytesPerSecond = 100_000
    time.pass(.seconds(3600))
    for _ in 0..<10 { try await RateLimit.pass(10_000, [limit]) }
    #expect(time.seconds - 3600 > 0.8)
  }

  @Test("says for a moment that it holds bytes up") func holdsUp() async throws {
    let time = Time()
    let limit = time.limit
    #expect(!limit.holdsUp)
    limit.bytesPerSecond = 100_000
    for _ in 0..<10 { try await RateLimit.pass(10_000, [limit]) }
    #expect(limit.holdsUp)
    time.pass(.seconds(2))
    #expect(!limit.holdsUp)
  }

  @Test("that is raised or lifted is felt by what waits already") func raised() async throws {
    let limit = RateLimit()
    limit.bytesPerSecond = 1
    let waiting = Task { try await RateLimit.pass(1_000_000, [limit]) }
    try await Task.sleep(for: .milliseconds(20))
    limit.bytesPerSecond = nil
    try await waiting.value
  }

  @Test("ends waiting when the transfer is cancelled") func cancelled() async throws {
    let limit = RateLimit()
    limit.bytesPerSecond = 1
    let waiting = Task { try await RateLimit.pass(1_000_000, [limit]) }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
  }

  /// Time that passes when every connection sleeps, up to the first that wakes.
  private final class SharedTime: Sendable {
    private struct State {
      var passed = Duration.zero
      var running: Int
      var sleepers: [(until: Duration, wake: CheckedContinuation<Void, Never>)] = []

      mutating func next() -> CheckedContinuation<Void, Never>? {
        guard sleepers.count == running,
          let first = sleepers.indices.min(by: { sleepers[$0].until < sleepers[$1].until })
        else { return nil }
        let sleeper = sleepers.remove(at: first)
        passed = max(passed, sleeper.until)
        return sleeper.wake
      }
    }

    private let start = ContinuousClock.now
    private let state: Mutex<State>

    init(connections: Int) { state = Mutex(State(running: connections)) }

    var seconds: Double { state.withLock { $0.passed / .seconds(1) } }

    func limit(_ bytesPerSecond: Int64) -> RateLimit {
      let limit = RateLimit(
        now: { self.start + self.state.withLock { $0.passed } }, sleep: { await self.sleep($0) })
      limit.bytesPerSecond = bytesPerSecond
      return limit
    }

    private func sleep(_ duration: Duration) async {
      await withCheckedContinuation { wake in
        let next = state.withLock { state in
          state.sleepers.append((state.passed + duration, wake))
          return state.next()
        }
        next?.resume()
      }
    }

    func end() {
      let next = state.withLock { state in
        state.running -= 1
        return state.next()
      }
      next?.resume()
    }
  }

  /// What connections bring while one time of theirs passes.
  private struct Line: Sendable {
    let limits: [RateLimit]
    /// Called with the seconds that have passed, before each part.
    var change: @Sendable (Double) -> Void = { _ in }
    /// The seconds in which bytes are counted.
    var counted = 0.0..<5.0

    /// Takes parts as a connection does, up to the end of the counted time.
    func bytes(_ time: SharedTime) async throws -> Int {
      defer { time.end() }
      var count = 0
      while time.seconds < counted.upperBound {
        change(time.seconds)
        let part = min(RateLimit.step(of: limits) ?? .max, 128 << 10)
        try await RateLimit.pass(part, limits)
        if counted.contains(time.seconds) { count += part }
      }
      return count
    }
  }

  /// What each line brings.
  private func bytes(_ lines: [Line], _ time: SharedTime) async throws -> [Int] {
    try await withThrowingTaskGroup(of: (Int, Int).self) { group in
      for (number, line) in lines.enumerated() {
        group.addTask { (number, try await line.bytes(time)) }
      }
      return try await group.reduce(into: lines.map { _ in 0 }) { $0[$1.0] = $1.1 }
    }
  }

  private func isClose(_ sum: Int, to expected: Int) -> Bool {
    abs(sum - expected) <= expected / 20
  }

  @Test(
    "is kept to within 5 % over five seconds by all connections together",
    arguments: [1, 8], [1000, 1_000_000, 50_000_000] as [Int64])
  func accuracy(connections: Int, rate: Int64) async throws {
    let time = SharedTime(connections: connections)
    let line = Line(limits: [time.limit(rate)])
    let sum = try await bytes(Array(repeating: line, count: connections), time).reduce(0, +)
    #expect(isClose(sum, to: 5 * Int(rate)), "\(sum)")
  }

  @Test(
    "that is changed holds from then on, to within 5 % over five seconds",
    arguments: [1_000_000, 40_000_000] as [Int64])
  func changed(rate: Int64) async throws {
    let time = SharedTime(connections: 8)
    let limit = time.limit(10_000_000)
    let line = Line(
      limits: [limit],
      change: { if $0 >= 2, limit.bytesPerSecond != rate { limit.bytesPerSecond = rate } },
      counted: 2..<7)
    let sum = try await bytes(Array(repeating: line, count: 8), time).reduce(0, +)
    #expect(isClose(sum, to: 5 * Int(rate)), "\(sum)")
  }

  @Test(
    "holds beside another, and the stricter counts",
    arguments: [400_000, 1_000_000, 4_000_000] as [Int64])
  func both(all: Int64) async throws {
    let time = SharedTime(connections: 8)
    let line = Line(limits: [time.limit(all), time.limit(1_000_000)])
    let sum = try await bytes(Array(repeating: line, count: 8), time).reduce(0, +)
    #expect(isClose(sum, to: 5 * Int(min(all, 1_000_000))), "\(sum)")
  }

  @Test(
    "of some connections is reached by them, and leaves to the others what is free",
    arguments: [20_000, 400_000, 1_000_000] as [Int64])
  func others(rate: Int64) async throws {
    let time = SharedTime(connections: 8)
    let all = time.limit(4_000_000)
    let slow = Line(limits: [all, time.limit(rate)])
    let sums = try await bytes(
      Array(repeating: slow, count: 2) + Array(repeating: Line(limits: [all]), count: 6), time)
    let (own, sum) = (sums[..<2].reduce(0, +), sums.reduce(0, +))
    #expect(isClose(own, to: 5 * Int(rate)), "\(own)")
    #expect(isClose(sum, to: 20_000_000), "\(sum)")
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
