import Testing

@testable import Engine

@Suite("The room on the disk") struct DiskPlanTests {
  @Test("is given while it lasts, and what lacks is said") func given() {
    var plan = DiskPlan(free: 1000, reserve: 0)
    #expect(plan.take(600) == nil)
    #expect(plan.take(600) == 200)
    #expect(plan.take(400) == nil)
  }

  @Test("is kept for those that still have to take theirs") func promised() {
    var plan = DiskPlan(free: 1000, reserve: 0)
    plan.promise(900)
    #expect(plan.take(101) == 1)
    #expect(plan.take(100) == nil)
  }

  @Test("leaves the reserve, and a little more so that nobody stops at once") func reserve() {
    var plan = DiskPlan(free: 1000, reserve: 160)
    #expect(plan.take(831) == 1)
    #expect(plan.take(830) == nil)
    #expect(DiskPlan.shortage(free: 160, reserve: 160) == nil)
    #expect(DiskPlan.shortage(free: 159, reserve: 160) == 11)
  }

  @Test("is not needed by a file that has taken it, as long as the reserve is there") func taken() {
    var plan = DiskPlan(free: 200, reserve: 160)
    plan.promise(10_000)
    #expect(plan.take(0) == nil)
    var low = DiskPlan(free: 100, reserve: 160)
    #expect(low.take(0) == 70)
  }

  @Test("is endless where the disk does not say") func unknown() {
    var plan = DiskPlan(free: nil, reserve: 160)
    #expect(plan.take(.max) == nil)
    #expect(plan.take(.max) == nil)
  }

  @Test("can be asked for any number", arguments: [Int64.max, 0, -1]) func extremes(free: Int64) {
    var plan = DiskPlan(free: free, reserve: .max)
    plan.promise(.max)
    #expect((plan.take(.max) ?? 0) > 0)
  }

  @Test("counts what a file has received or taken, whichever is more") func missing() {
    #expect(PartialSize(size: 100, received: 30, allocated: 0).missing == 70)
    #expect(PartialSize(size: 100, received: 30, allocated: 80).missing == 20)
    #expect(PartialSize(size: 100, received: 30, allocated: 4096).missing == 0)
    #expect(PartialSize(size: nil, received: 30, allocated: 0).missing == 0)
  }
}
