import ComfyAPI

/// One thing that was looked at, what was found, and what to do about it.
public struct HealthCheck: Sendable, Equatable {
  public enum Outcome: String, Sendable, CaseIterable {
    case ok
    /// It works, but not as well as it could.
    case warning
    case failed
    /// There was nothing to look at, or no way to.
    case skipped
  }

  /// One word, the same for programs and people.
  public var name: String
  public var outcome: Outcome
  /// One sentence.
  public var message: String
  /// What the user can do, one sentence; nil when there is nothing.
  public var remedy: String?

  public init(_ name: String, _ outcome: Outcome, _ message: String, remedy: String? = nil) {
    self.name = name
    self.outcome = outcome
    self.message = message
    self.remedy = remedy
  }

  /// What is said of a check that did not end in its time.
  public static func tookTooLong(_ name: String, seconds: Int) -> HealthCheck {
    HealthCheck(
      name, .failed, "This took longer than \(seconds) seconds.",
      remedy: "Something it needs hangs: a network filesystem, a name server or a proxy.")
  }

  public var json: JSONValue {
    .object([
      "name": .string(name), "status": .string(outcome.rawValue), "message": .string(message),
      "remedy": .optional(remedy),
    ])
  }
}

/// All that was looked at.
public struct HealthReport: Sendable, Equatable {
  public var version: String
  public var checks: [HealthCheck]

  public init(version: String, checks: [HealthCheck]) {
    self.version = version
    self.checks = checks
  }

  public var isGood: Bool { !checks.contains { $0.outcome == .failed } }

  /// A line for each check, its remedy below, and a count.
  ///
  /// - Parameter columns: in which words are wrapped; nil for lines as long as they are.
  public func lines(columns: Int? = nil) -> [String] {
    let width = (checks.map(\.name.count).max() ?? 0) + 2
    let indentation = String(repeating: " ", count: 9 + width)
    let room = columns.map { max(20, $0 - indentation.count) }
    var lines: [String] = []
    for check in checks {
      let texts = [check.message, check.remedy].compactMap(\.self)
      var wrapped = texts.flatMap { Self.wrapped($0, to: room) }
      let head = Self.padded(check.outcome.rawValue, 9) + Self.padded(check.name, width)
      lines.append(head + wrapped.removeFirst())
      lines += wrapped.map { indentation + $0 }
    }
    return lines + [summary]
  }

  /// At blanks; a word that is longer stays whole, so that paths can be copied.
  private static func wrapped(_ text: String, to room: Int?) -> [String] {
    guard let room, text.count > room else { return [text] }
    var lines = [""]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + 1 + word.count <= room {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  private var summary: String {
    let parts = HealthCheck.Outcome.allCases.compactMap { outcome in
      let count = checks.count { $0.outcome == outcome }
      return count > 0 ? "\(count) \(outcome.rawValue)" : nil
    }
    return "winch \(version): " + parts.joined(separator: ", ")
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  public var json: JSONValue {
    .object([
      "version": .string(version), "healthy": .bool(isGood),
      "checks": .array(checks.map(\.json)),
    ])
  }
}
