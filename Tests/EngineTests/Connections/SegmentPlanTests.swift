import Downloads
import HostileInput
import Testing

@testable import Engine

@Suite("A file's segments") struct SegmentPlanTests {
  private let start = ContinuousClock.now
  private static let mebibyte: Int64 = 1 << 20

  private func plan(_ mebibytes: Int64?, finished: ByteRanges = ByteRanges()) -> SegmentPlan {
    SegmentPlan(size: mebibytes.map { $0 * Self.mebibyte }, finished: finished)
  }

  @Test("of a small file are one") func small() {
    var plan = plan(15)
    #expect(plan.open(1, among: 8, at: start) == 0..<15 * Self.mebibyte)
    #expect(plan.open(2, among: 8, at: start) == nil)
  }

  @Test("are handed out from the front and become shorter towards the end") func shrinking() {
    var plan = plan(1024)
    var lengths: [Int64] = []
    while let range = plan.open(1, among: 8, at: start) {
      #expect(range.lowerBound == plan.finished.end)
      lengths.append((range.upperBound - range.lowerBound) / Self.mebibyte)
      plan.advance(1, by: range.upperBound - range.lowerBound, at: start)
    }
    #expect(lengths.first == 64)
    #expect(lengths.last.map { $0 <= 4 } == true)
    #expect(lengths == lengths.sorted(by: >))
    #expect(plan.isComplete)
  }

  @Test("leave out what is there") func resumed() {
    let there = ByteRanges([0..<10 * Self.mebibyte, 12 * Self.mebibyte..<64 * Self.mebibyte])
    var plan = plan(64, finished: there)
    #expect(plan.open(1, among: 8, at: start) == 10 * Self.mebibyte..<12 * Self.mebibyte)
    #expect(plan.open(2, among: 8, at: start) == nil)
  }

  @Test("of a file of unknown length are one without end") func unknown() {
    var plan = plan(nil, finished: ByteRanges(0..<100))
    #expect(plan.open(1, among: 8, at: start) == 100..<Int64.max)
    #expect(plan.open(2, among: 8, at: start) == nil)
    plan.learn(size: 250)
    #expect(plan.share(of: 1000, 1) == 150)
  }

  @Test("of a slow connection are halved for one that is free") func stealing() {
    var plan = plan(16)
    _ = plan.open(1, among: 1, at: start)
    plan.advance(1, by: 100_000, at: start + .seconds(1))
    plan.advance(1, by: 100_000, at: start + .seconds(2))
    let taken = plan.open(2, among: 2, at: start + .seconds(2))
    #expect(taken?.upperBound == 16 * Self.mebibyte)
    #expect(plan.segments[1]?.end == taken?.lowerBound)
    #expect(taken?.lowerBound == 9 * Self.mebibyte)
  }

  @Test("that are nearly done are left to who has them") func nearlyDone() {
    var plan = plan(16)
    _ = plan.open(1, among: 1, at: start)
    plan.advance(1, by: 8 * Self.mebibyte, at: start + .seconds(1))
    plan.advance(1, by: 7 * Self.mebibyte, at: start + .seconds(2))
    #expect(plan.open(2, among: 2, at: start + .seconds(2)) == nil)
  }

  @Test("of a connection that hangs at the end are fetched by two, and the first wins")
  func hedging() {
    var plan = plan(16)
    _ = plan.open(1, among: 1, at: start)
    plan.advance(1, by: 16 * Self.mebibyte - 1000, at: start + .seconds(1))
    let late = start + .seconds(60)
    #expect(plan.open(2, among: 2, at: late) == 16 * Self.mebibyte - 1000..<16 * Self.mebibyte)
    #expect(plan.open(3, among: 3, at: late) == nil)
    plan.advance(2, by: 1000, at: late)
    #expect(plan.isDone(1))
    #expect(plan.isComplete)
  }

  @Test("are not fetched by two where a limit holds up all of them") func noHedging() {
    var plan = plan(16)
    _ = plan.open(1, among: 1, at: start)
    plan.advance(1, by: 16 * Self.mebibyte - 1000, at: start + .seconds(1))
    #expect(plan.open(2, among: 2, hedges: false, at: start + .seconds(60)) == nil)
  }

  @Test("are free again when their connection breaks") func broken() {
    var plan = plan(64)
    _ = plan.open(1, among: 2, at: start)
    plan.advance(1, by: Self.mebibyte, at: start)
    plan.close(1)
    #expect(plan.open(2, among: 2, at: start)?.lowerBound == Self.mebibyte)
  }

  @Test("cover every byte once, whatever the connections do") func everyByteOnce() {
    var random = HostileInput(seed: 3)
    for _ in 0..<40 {
      let size = Int64.random(in: 1...80, using: &random) * Self.mebibyte + 17
      var plan = SegmentPlan(size: size, finished: ByteRanges())
      var now = start
      var written: Int64 = 0
      var steps = 0
      while !plan.isComplete, steps < 20_000 {
        steps += 1
        now += .milliseconds(Int.random(in: 1...900, using: &random))
        let id = Int.random(in: 1...6, using: &random)
        if plan.segments[id] == nil || plan.isDone(id) {
          _ = plan.open(id, among: 6, at: now)
        } else if Int.random(in: 0..<20, using: &random) == 0 {
          plan.close(id)
        } else {
          let count = Int64(plan.share(of: Int.random(in: 1...2_000_000, using: &random), id))
          let before = plan.finished.count
          plan.advance(id, by: count, at: now)
          written += plan.finished.count - before
        }
      }
      #expect(plan.isComplete)
      #expect(written == size)
      #expect(plan.finished.ranges == [0..<size])
    }
  }

  @Test("of a connection far below its siblings are given to a new one") func laggard() {
    var plan = plan(1024)
    for id in 1...4 { _ = plan.open(id, among: 4, at: start) }
    for second in 1...12 {
      for id in 1...4 {
        plan.advance(id, by: id == 3 ? 10_000 : 1_000_000, at: start + .seconds(second))
      }
      if second < 10 { #expect(plan.laggard(at: start + .seconds(second)) == nil) }
    }
    #expect(plan.laggard(at: start + .seconds(12)) == 3)
  }
}

@Suite("The number of connections") struct ConnectionGrowthTests {
  private let start = ContinuousClock.now

  /// What becomes of it on a line that gives each connection the same speed, up to a limit.
  private func target(limit: Int, perConnection: Double, line: Double, seconds: Int) -> Int {
    var growth = ConnectionGrowth(limit: limit)
    var bytes = 0.0
    for step in 0..<seconds * 10 {
      bytes += min(Double(growth.target) * perConnection, line) / 10
      growth.measure(
        Int64(bytes), flowing: growth.target, at: start + .milliseconds(100 * step))
    }
    return growth.target
  }

  @Test("grows up to its limit while each adds speed") func grows() {
    #expect(target(limit: 8, perConnection: 1e6, line: 1e9, seconds: 8) == 8)
  }

  @Test("stops where the line is full") func fullLine() {
    #expect(target(limit: 16, perConnection: 1e6, line: 3e6, seconds: 9) == 5)
  }

  @Test("is the limit at once where the server is far away") func farAway() {
    var growth = ConnectionGrowth(limit: 16)
    growth.answered(after: .milliseconds(160))
    #expect(growth.target == 16)
  }

  @Test("is one at first where the server is near") func near() {
    var growth = ConnectionGrowth(limit: 16)
    growth.answered(after: .milliseconds(2))
    growth.answered(after: .milliseconds(160))
    #expect(growth.target == 1)
  }

  @Test("stays one for a limit of one") func one() {
    #expect(target(limit: 1, perConnection: 1e6, line: 1e9, seconds: 8) == 1)
  }

  @Test("is never again more than a server that refused one still serves") func refused() {
    var growth = ConnectionGrowth(limit: 8)
    for step in 0..<20 {
      growth.measure(
        Int64(step * growth.target) * 1_000_000, flowing: growth.target,
        at: start + .milliseconds(300 * step))
    }
    growth.refused(open: 2)
    #expect(growth.target == 2)
    #expect(growth.limit == 2)
  }

  @Test("does not grow while the newest has brought nothing") func silent() {
    var growth = ConnectionGrowth(limit: 8)
    for step in 0..<40 {
      growth.measure(Int64(step) * 1_000_000, flowing: 1, at: start + .milliseconds(300 * step))
    }
    #expect(growth.target == 2)
  }
}
