import ComfyClient
import Foundation
import Testing

@testable import Model

@Suite("When the backend is asked")
struct PollScheduleTests {
  /// The seconds, of sixty, at which the list is read.
  private func polls(
    isEngine: Bool = false, isActive: Bool, hasFeed: (Int) -> Bool = { _ in true }
  ) -> [Int] {
    var schedule = PollSchedule()
    return (0..<60).filter {
      schedule.isDue(
        at: Date(timeIntervalSince1970: Double($0)), isEngine: isEngine, isActive: isActive,
        hasFeed: hasFeed($0))
    }
  }

  @Test("the cloud is asked every ten seconds while the feed is up")
  func check() { #expect(polls(isActive: true) == [0, 10, 20, 30, 40, 50]) }

  @Test("after its time as well when the clock was set back meanwhile")
  func clockSetBack() {
    var schedule = PollSchedule()
    let times = [10_000.0, 6400, 6405, 6410]
    let asked = times.filter {
      schedule.isDue(
        at: Date(timeIntervalSince1970: $0), isEngine: false, isActive: true, hasFeed: true)
    }
    #expect(asked == [10_000, 6400, 6410])
  }

  @Test("every second while the feed is down and something is under way")
  func withoutFeed() {
    #expect(polls(isActive: true, hasFeed: { _ in false }).count == 60)
  }

  @Test("at once when the feed comes or goes, for what was missed")
  func change() {
    let seconds = polls(isActive: true, hasFeed: { $0 < 14 || $0 > 15 })
    #expect(seconds == [0, 10, 14, 15, 16, 26, 36, 46, 56])
  }

  @Test("seldom while nothing is under way")
  func idle() { #expect(polls(isActive: false) == [0, 30]) }

  @Test("an engine is asked at every turn, which costs nothing")
  func engine() { #expect(polls(isEngine: true, isActive: true).count == 60) }

  @Test("pauses double up to half a minute, and what the backend asks for is obeyed")
  func backoff() {
    var backoff = Backoff()
    let pauses = (0..<7).map { _ in backoff.failed(jitter: 1) }
    #expect(pauses == [1, 2, 4, 8, 16, 30, 30])
    #expect(backoff.failed(jitter: 0) == 15)
    backoff.succeeded()
    #expect(backoff.failed(wish: 90, jitter: 0) == 90)
    #expect(backoff.failed(wish: 90, jitter: 1).rounded() == 99)
    #expect(backoff.failed(wish: 1e9, jitter: 0) == 3600)
  }
}
