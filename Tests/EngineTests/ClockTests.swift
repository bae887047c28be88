import ComfyAPI
import Downloads
import Foundation
import Origins
import Synchronization
import Testing

@testable import Engine

/// A clock that can be set, beside steady time that cannot.
private final class SetClock: Sendable {
  private let state = Mutex((shift: 0.0, steady: Duration.zero))
  private let start = ContinuousClock.now
  private let date = Date(timeIntervalSince1970: 1_800_000_000)
  /// How often a source was asked for a link.
  let questions = Mutex(0)

  func set(by seconds: Double) { state.withLock { $0.shift += seconds } }
  func pass(_ seconds: Double) { state.withLock { $0.steady += .seconds(seconds) } }

  var environment: EngineEnvironment {
    EngineEnvironment(now: { self.now }, instant: { self.instant })
  }

  var now: Date { state.withLock { date + $0.shift + $0.steady / .seconds(1) } }
  var instant: ContinuousClock.Instant { state.withLock { start + $0.steady } }
}

@Suite("A clock that is set in the middle") struct ClockTests {
  private let clock = SetClock()

  /// A file whose link is good for so many seconds by the clock of its server.
  private func file(_ seconds: Double, serverNow: Date) throws -> ResolvedFile {
    let reference = try ModelReference(Bench.url, hosts: SourceHosts(environment: [:]))
    let url = try #require(HTTPURL("https://content.example/file"))
    return ResolvedFile(
      reference: reference, name: "model.safetensors", size: 10, hashes: PublishedHashes(),
      identity: "one", link: ContentLink(url: url, expires: serverNow + seconds), metadata: [:])
  }

  private func link(_ seconds: Double, serverNow: Date) throws -> FreshLink {
    let file = try file(seconds, serverNow: serverNow)
    return FreshLink(file, environment: clock.environment) { [clock] in
      clock.questions.withLock { $0 += 1 }
      return file
    }
  }

  @Test("ends no link early or late", arguments: [-3600.0, 3600]) func link(shift: Double)
    async throws
  {
    let link = try link(1000, serverNow: clock.now)
    clock.set(by: shift)
    clock.pass(870)
    _ = try await link.current()
    #expect(clock.questions.withLock(\.self) == 0)
    clock.pass(20)
    _ = try await link.current()
    #expect(clock.questions.withLock(\.self) == 1)
  }

  @Test("and is ahead of the server's does not ask for one link after the other")
  func ahead() async throws {
    let link = try link(1000, serverNow: clock.now - 3600)
    for _ in 1...5 { _ = try await link.current() }
    #expect(clock.questions.withLock(\.self) == 0)
  }

  @Test("leaves a wait as long as it is", arguments: [-3600.0, 3600])
  func wait(shift: Double) throws {
    let live = LiveProgress()
    live.begin("a", bytes: 0, total: nil)
    live.enter(.waiting, "a", wait: (host: "hub", until: clock.instant + .seconds(60)))
    clock.set(by: shift)
    clock.pass(20)
    let host = try #require(live.waitingHosts(at: clock.instant, date: clock.now).first)
    #expect(abs(host.until.timeIntervalSince(clock.now) - 40) < 0.001)
    clock.pass(100)
    let late = try #require(live.waitingHosts(at: clock.instant, date: clock.now).first)
    #expect(late.until == clock.now)
  }
}
