/// One sentence about what just happened.
struct Message: Sendable, Equatable {
  enum Kind: Sendable { case notice, success, problem }

  var kind: Kind
  var text: String

  static func notice(_ text: String) -> Message { Message(kind: .notice, text: text) }
  static func success(_ text: String) -> Message { Message(kind: .success, text: text) }
  static func problem(_ text: String) -> Message { Message(kind: .problem, text: text) }

  /// Seconds for which it stays in sight: a moment to notice it and the time to read it.
  var secondsInSight: Double {
    let reading = Double(text.count) / 15
    return min(20, (kind == .problem ? 6 : 3) + reading)
  }
}

/// `1 download`, `2 downloads`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
