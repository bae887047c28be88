import Downloads
import Testing

@Suite("Rate")
struct RateTests {
  private let start = ContinuousClock.now

  @Test("bytes that were there before do not count as speed")
  func resumed() {
    var rate = Rate()
    rate.sample(1_000_000_000, at: start)
    #expect(rate.bytesPerSecond == nil)
    rate.sample(1_000_001_000, at: start + .seconds(1))
    #expect(rate.bytesPerSecond == 1000)
  }

  @Test("a steady transfer has a steady speed")
  func steady() {
    var rate = Rate()
    for second in 0...10 { rate.sample(Int64(second) * 500, at: start + .seconds(second)) }
    #expect(rate.bytesPerSecond == 500)
  }

  @Test("a burst at the start is soon no more than its part of the mean")
  func burst() {
    var rate = Rate()
    rate.sample(0, at: start)
    rate.sample(400, at: start + .milliseconds(100))
    rate.sample(1300, at: start + .seconds(1))
    #expect(rate.bytesPerSecond == 1300)
    rate.sample(2300, at: start + .seconds(2))
    #expect(rate.bytesPerSecond == 1150)
  }

  @Test("a standstill brings the speed down to none")
  func standstill() {
    var rate = Rate()
    rate.sample(0, at: start)
    rate.sample(1000, at: start + .seconds(1))
    rate.sample(1000, at: start + .seconds(60))
    #expect(rate.bytesPerSecond == nil)
  }

  @Test("a position that goes backwards starts anew")
  func backwards() {
    var rate = Rate()
    rate.sample(5000, at: start)
    rate.sample(6000, at: start + .seconds(1))
    rate.sample(0, at: start + .seconds(2))
    #expect(rate.bytesPerSecond == nil)
  }
}

@Suite("Retry")
struct RetryTests {
  @Test("pauses double from one second up to thirty")
  func doubles() {
    var retry = Retry(limit: 8)
    let pauses = (0..<7).map { _ in retry.failed(jitter: 1) }
    #expect(pauses == [1, 2, 4, 8, 16, 30, 30].map { Duration.seconds($0) })
    #expect(retry.failed(jitter: 1) == nil)
  }

  @Test("bytes that arrive make the next failure a first one")
  func progress() {
    var retry = Retry(limit: 2)
    #expect(retry.failed(jitter: 1) == .seconds(1))
    retry.progressed()
    #expect(retry.failed(jitter: 1) == .seconds(1))
    #expect(retry.failed(jitter: 1) == nil)
  }

  @Test("jitter shortens a pause by at most half")
  func jitter() {
    var retry = Retry()
    #expect(retry.failed(jitter: 0) == .milliseconds(500))
  }

  @Test("a server's wish is honoured when it is longer")
  func wish() {
    var retry = Retry()
    #expect(retry.failed(serverWish: 90, jitter: 1) == .seconds(90))
    #expect(retry.failed(serverWish: 1, jitter: 1) == .seconds(2))
  }
}
