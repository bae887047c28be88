/// A `Content-Range` of RFC 9110, section 14.4: `bytes 0-99/1000`, or `bytes */1000`.
struct ContentRange: Equatable {
  /// Nil for the unsatisfied form.
  var bytes: ClosedRange<Int64>?
  /// Nil when the server does not know it (`*`).
  var total: Int64?

  init?(_ text: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count == 2, words[0].lowercased() == "bytes" else { return nil }
    let halves = words[1].split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    if halves[1] != "*" {
      guard let total = Int64(halves[1]), total >= 0 else { return nil }
      self.total = total
    }
    guard halves[0] != "*" else { return }
    let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Int64(ends[0]), let last = Int64(ends[1]),
      first >= 0, last >= first, last < total ?? .max
    else { return nil }
    bytes = first...last
  }
}
