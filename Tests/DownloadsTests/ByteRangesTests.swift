import HostileInput
import Testing

@testable import Downloads

@Suite("Byte ranges") struct ByteRangesTests {
  @Test("join where they overlap or touch") func joining() {
    var ranges = ByteRanges(10..<20)
    ranges.insert(30..<40)
    ranges.insert(20..<25)
    ranges.insert(0..<5)
    #expect(ranges.ranges == [0..<5, 10..<25, 30..<40])
    ranges.insert(4..<31)
    #expect(ranges.ranges == [0..<40])
    #expect(ranges.count == 40)
  }

  @Test("tell what is missing of a range") func gaps() {
    let ranges = ByteRanges([10..<20, 30..<40])
    #expect(ranges.gaps(in: 0..<50) == [0..<10, 20..<30, 40..<50])
    #expect(ranges.gaps(in: 12..<18).isEmpty)
    #expect(ranges.gaps(in: 15..<35) == [20..<30])
    #expect(ranges.gaps(in: 20..<20).isEmpty)
  }

  @Test("have a front only where the first byte is there") func front() {
    #expect(ByteRanges([0..<7, 9..<12]).front == 7)
    #expect(ByteRanges(1..<7).front == 0)
    #expect(ByteRanges().front == 0)
  }

  @Test("behave like a set of positions, whatever is put in") func likeASet() {
    var random = HostileInput(seed: 7)
    for _ in 0..<300 {
      var ranges = ByteRanges()
      var positions = Set<Int64>()
      for _ in 0..<20 {
        let start = Int64.random(in: 0..<60, using: &random)
        let range = start..<start + Int64.random(in: 0..<12, using: &random)
        ranges.insert(range)
        positions.formUnion(range)
        #expect(ranges.count == Int64(positions.count))
        #expect(Set(ranges.ranges.joined()) == positions)
        #expect(
          zip(ranges.ranges, ranges.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }
        )
        let asked = start..<start + 15
        #expect(Set(ranges.gaps(in: asked).joined()) == Set(asked).subtracting(positions))
        #expect(ranges.contains(asked) == positions.isSuperset(of: asked))
        #expect(Set(ranges.prefix(30).ranges.joined()) == positions.filter { $0 < 30 })
      }
      #expect(ByteRanges(text: ranges.text) == ranges)
    }
  }

  @Test(
    "are not read from a text that none can have written",
    arguments: [
      "-", "1", "5-5", "5-3", "0-5,5-9", "0-5,3-9", "9-12,0-3", "0-5,", ",",
      "0-99999999999999999999",
      "a-b", "0 -5", "-1-5", "0-5,,7-9",
    ])
  func strict(text: String) {
    #expect(ByteRanges(text: text) == nil)
  }

  @Test("of nothing are an empty text") func nothing() {
    #expect(ByteRanges().text.isEmpty)
    #expect(ByteRanges(text: "") == ByteRanges())
  }
}
