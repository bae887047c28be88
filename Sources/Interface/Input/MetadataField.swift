import ComfyAPI
import Downloads

/// Metadata as typed, and what is wrong with each of its lines.
struct MetadataField: Sendable, Equatable {
  struct Problem: Sendable, Equatable {
    /// Counted from 0.
    var line: Int
    var message: String
  }

  private(set) var values: [String: JSONValue] = [:]
  private(set) var problems: [Problem] = []

  init(_ text: String) {
    if text.trimmingSpaces().hasPrefix("{") {
      readJSON(text)
    } else {
      readLines(text)
    }
  }

  private mutating func readJSON(_ text: String) {
    if let mistake = JSONMistake(in: text) {
      problems = [Problem(line: mistake.line, message: mistake.message)]
      return
    }
    do {
      values = try MetadataText.parse(text)
    } catch {
      problems = [Problem(line: text.count { $0 == "\n" }, message: error.message)]
    }
  }

  private mutating func readLines(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if let message = read(String(line)) {
        problems.append(Problem(line: index, message: message))
      }
    }
  }

  /// Reads one `key=value`; the answer is what is wrong with it.
  private mutating func read(_ line: String) -> String? {
    guard let new = try? MetadataText.parse(line) else { return "Write key=value here." }
    for (key, value) in new {
      guard values[key] == nil else { return "The key \(key) stands here twice." }
      values[key] = value
    }
    return nil
  }
}
