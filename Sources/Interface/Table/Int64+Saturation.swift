extension Int64 {
  /// Adds, and stays at the highest number there is: what a backend tells may be anything.
  mutating func add(_ other: Int64) {
    let (sum, overflow) = addingReportingOverflow(other)
    self = overflow ? .max : sum
  }
}

extension Sequence<Int64?> {
  /// The sum of the sizes that are known.
  var knownSum: Int64 { reduce(into: 0) { $0.add(Swift.max(0, $1 ?? 0)) } }
}
