extension Duration {
  /// Whole milliseconds, rounded up, at least 1 (libcurl takes 0 for "no limit") and at most what
  /// its 32-bit times hold.
  var timeoutMilliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < Int64(Int32.max) / 1000 else { return Int(Int32.max) }
    let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int(max(1, milliseconds))
  }
}
