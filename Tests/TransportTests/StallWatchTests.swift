import Testing

@testable import Transport

@Suite("StallWatch")
struct StallWatchTests {
  private let start = ContinuousClock.now

  @Test("the deadline moves with every byte")
  func activity() {
    var watch = StallWatch(timeout: .seconds(30), now: start)
    watch.noteActivity(at: start.advanced(by: .seconds(10)))
    #expect(watch.deadline == start.advanced(by: .seconds(40)))
  }

  @Test("a transfer that waits for its reader does not stall")
  func paused() {
    var watch = StallWatch(timeout: .seconds(30), now: start)
    watch.pause()
    #expect(watch.deadline == nil)
    watch.resume(at: start.advanced(by: .seconds(100)))
    #expect(watch.deadline == start.advanced(by: .seconds(130)))
  }

  @Test("request bytes count only when there are more of them")
  func uploads() {
    var watch = StallWatch(timeout: .seconds(30), now: start)
    watch.noteUploaded(5, at: start.advanced(by: .seconds(1)))
    watch.noteUploaded(5, at: start.advanced(by: .seconds(9)))
    #expect(watch.deadline == start.advanced(by: .seconds(31)))
  }
}
