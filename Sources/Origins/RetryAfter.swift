import Transport

/// How long a server asks to wait.
enum RetryAfter {
  /// Seconds from `RateLimit` (`"resolvers";r=0;t=172`, Hugging Face's rate-limit documentation),
  /// else from `Retry-After` when that is a number; nil when neither says.
  static func seconds(_ headers: HTTPHeaders) -> Double? {
    let seconds = headers["RateLimit"].flatMap(windowEnd) ?? headers["Retry-After"].flatMap(number)
    return seconds.map { $0 + 1 }
  }

  private static func windowEnd(_ text: String) -> Double? {
    let fields = text.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
    // Requests are left, so it is not this window that refuses.
    guard fields.contains("r=0") else { return nil }
    return fields.first { $0.hasPrefix("t=") }.flatMap { number(String($0.dropFirst(2))) }
  }

  private static func number(_ text: String) -> Double? {
    Int(text).flatMap { (0...86_400).contains($0) ? Double($0) : nil }
  }
}
