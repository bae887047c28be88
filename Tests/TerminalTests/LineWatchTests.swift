import Testing

@testable import Terminal

@Suite("A slow line")
struct LineWatchTests {
  @Test("is noticed when several pictures among a few take long, and told once")
  func slow() {
    var watch = LineWatch()
    let told = [0.01, 0.3, 0.01, 0.3, 0.01, 0.3, 0.3].map { watch.note($0) }
    #expect(told == [false, false, false, false, false, true, false])
  }

  @Test("is not taken for one because of a hitch now and then")
  func hitches() {
    var watch = LineWatch()
    let told = (1...100).map { watch.note($0 % 8 == 0 ? 2 : 0.001) }
    #expect(!told.contains(true))
  }
}
