import Testing

@testable import Engine

@Suite("Progress") struct ProgressTests {
  private let start = ContinuousClock.now

  @Test("messages of one task go out at most once in an interval") func throttled() {
    var throttle = MessageThrottle()
    let sent = (0..<100).filter {
      throttle.admits("a", isLast: false, at: start + .milliseconds($0 * 10))
    }
    #expect(sent == [0, 50])
  }

  @Test("messages of one task do not hold up another's") func perTask() {
    var throttle = MessageThrottle()
    let admitted = ["a", "b", "a"].map { throttle.admits($0, isLast: false, at: start) }
    #expect(admitted == [true, true, false])
  }

  @Test("the last message of a task always goes out") func last() {
    var throttle = MessageThrottle()
    let admitted = [false, true].map { throttle.admits("a", isLast: $0, at: start) }
    #expect(admitted == [true, true])
  }

  @Test("kept bytes are no speed") func keptBytes() {
    let live = LiveProgress()
    live.begin("a", bytes: 0, total: 10_000)
    live.enter(.downloading, "a")
    live.reached(5000, of: 10_000, "a", at: start)
    live.reached(6000, of: 10_000, "a", at: start + .seconds(1))
    #expect(live.bytesPerSecond("a", at: start + .seconds(1)) == 1000)
  }
}
