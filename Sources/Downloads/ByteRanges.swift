/// A set of byte positions, as ranges in order that neither overlap nor touch.
///
/// Positions are those of a file, from 0 on; a range reaches up to, and without, its upper bound.
public struct ByteRanges: Sendable, Equatable {
  public private(set) var ranges: [Range<Int64>] = []
  /// How many bytes there are in all.
  public private(set) var count: Int64 = 0

  public init() {}

  public init(_ range: Range<Int64>) { insert(range) }

  public init(_ ranges: some Sequence<Range<Int64>>) {
    for range in ranges { insert(range) }
  }

  public var isEmpty: Bool { ranges.isEmpty }

  /// Bytes that are there without a gap from the first one on.
  public var front: Int64 {
    guard let first = ranges.first, first.lowerBound == 0 else { return 0 }
    return first.upperBound
  }

  /// Behind the last byte; 0 for none.
  public var end: Int64 { ranges.last?.upperBound ?? 0 }

  public func contains(_ range: Range<Int64>) -> Bool {
    guard !range.isEmpty else { return true }
    let index = firstIndex(endingAfter: range.lowerBound)
    guard index < ranges.count else { return false }
    return ranges[index].lowerBound <= range.lowerBound
      && ranges[index].upperBound >= range.upperBound
  }

  /// The parts of a range that are not there, in order.
  public func gaps(in range: Range<Int64>) -> [Range<Int64>] {
    guard !range.isEmpty else { return [] }
    var gaps: [Range<Int64>] = []
    var place = range.lowerBound
    for known in ranges[firstIndex(endingAfter: place)...] {
      guard known.lowerBound < range.upperBound else { break }
      if known.lowerBound > place { gaps.append(place..<known.lowerBound) }
      place = known.upperBound
    }
    if place < range.upperBound { gaps.append(place..<range.upperBound) }
    return gaps
  }

  public mutating func insert(_ range: Range<Int64>) {
    guard !range.isEmpty else { return }
    let first = firstIndex(endingAt: range.lowerBound)
    var merged = range
    var next = first
    while next < ranges.count, ranges[next].lowerBound <= range.upperBound {
      merged =
        min(
          merged.lowerBound, ranges[next].lowerBound)..<max(
          merged.upperBound, ranges[next].upperBound)
      count -= ranges[next].upperBound - ranges[next].lowerBound
      next += 1
    }
    ranges.replaceSubrange(first..<next, with: CollectionOfOne(merged))
    count += merged.upperBound - merged.lowerBound
  }

  /// What is there of the first `length` bytes.
  public func prefix(_ length: Int64) -> ByteRanges {
    ByteRanges(
      ranges.lazy.filter { $0.lowerBound < length }
        .map { $0.lowerBound..<min($0.upperBound, length) })
  }

  private func firstIndex(endingAfter position: Int64) -> Int {
    ranges.partitioningIndex { $0.upperBound > position }
  }

  private func firstIndex(endingAt position: Int64) -> Int {
    ranges.partitioningIndex { $0.upperBound >= position }
  }
}

extension ByteRanges {
  /// The ranges as `0-100,200-300`, each up to and without its second number; empty for none.
  public var text: String {
    ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
  }

  /// Reads `text`. Nil for anything that it cannot have written: ranges that are empty, touch, or are
  /// out of order mean that nothing can be trusted.
  public init?(text: String) {
    var end: Int64 = -1
    for part in text.split(separator: ",", omittingEmptySubsequences: false) where !text.isEmpty {
      let numbers = part.split(separator: "-", omittingEmptySubsequences: false)
      guard numbers.count == 2, let lower = Int64(numbers[0]), let upper = Int64(numbers[1]),
        lower > end, lower < upper
      else { return nil }
      insert(lower..<upper)
      end = upper
    }
  }
}

extension Array {
  /// The first index whose element satisfies a condition that, once true, stays so for all that follow.
  fileprivate func partitioningIndex(_ condition: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
