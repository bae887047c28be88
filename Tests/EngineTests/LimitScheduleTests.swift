import ComfyAPI
import Downloads
import Foundation
import Synchronization
import Testing

@testable import Engine

@Suite("A schedule of limits in the engine") struct LimitScheduleTests {
  /// A wall clock that tests set, in UTC on 2026-01-05.
  private final class Clock: Sendable {
    private let hour = Mutex(0.0)

    func set(_ hour: Double) { self.hour.withLock { $0 = hour } }

    /// That day's midnight was 1 767 571 200 seconds after the epoch.
    static func date(_ hour: Double) -> Date {
      Date(timeIntervalSince1970: 1_767_571_200 + hour * 3600)
    }

    var now: Date { Self.date(hour.withLock(\.self)) }
  }

  private let clock = Clock()

  private func engine(_ bench: Bench) async throws -> Engine {
    let from = try #require(TimeOfDay("08:00"))
    let to = try #require(TimeOfDay("18:00"))
    let rule = LimitSchedule.Rule(from: from, to: to, bytesPerSecond: 5_000_000)
    let schedule = LimitSchedule(rules: [rule], timeZone: .gmt)
    // The lock of an engine before this one goes when the last reference to it does.
    return try await eventually {
      try? bench.engine(limitSchedule: schedule, now: { [clock] in clock.now })
    }
  }

  @Test("holds and ends at its times, and is told with who set it and until when")
  func changes() async throws {
    clock.set(7)
    let engine = try await engine(try Bench())
    #expect(
      await engine.limits()
        == TransferLimits(bytesPerSecond: nil, setBy: .schedule, until: Clock.date(8)))
    clock.set(8)
    #expect(
      await engine.limits()
        == TransferLimits(bytesPerSecond: 5_000_000, setBy: .schedule, until: Clock.date(18)))
    let status = await engine.status()
    #expect(status.limit == 5_000_000)
    #expect(status.limitSetBy == .schedule)
    #expect(status.limitUntil == Clock.date(18))
    clock.set(18)
    await engine.applyLimit()
    #expect(await engine.status().limit == nil)
  }

  @Test("gives way to a limit by hand until its next change, also over a new start")
  func manual() async throws {
    let bench = try Bench()
    clock.set(10)
    do {
      let engine = try await engine(bench)
      let set = try await engine.setLimits(TransferLimits(bytesPerSecond: 1_000_000))
      #expect(
        set == TransferLimits(bytesPerSecond: 1_000_000, setBy: .client, until: Clock.date(18)))
    }
    clock.set(17)
    do {
      let engine = try await engine(bench)
      #expect(await engine.status().limit == 1_000_000)
      #expect(await engine.status().limitSetBy == .client)
    }
    clock.set(32.5)
    let engine = try await engine(bench)
    #expect(await engine.limits().bytesPerSecond == 5_000_000)
  }
}
