/// Puts words that are always the same, and as wide, in place of what every run has otherwise.
enum FixedWords {
  static func applied(to text: String) -> String {
    text.replacing(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/) { _ in
      "00000000-0000-4000-8000-000000000000"
    }
    .replacing(wrappedID) { match in
      "00000000-0000-4000-8000-" + String(repeating: "0", count: match.1.count) + match.2
        + String(repeating: "0", count: match.3.count)
    }
    .replacing(/\/tmp\/winch-[0-9A-Fa-f]{8}/) { _ in "/home/ada/workspace" }
    .replacing(/\b20\d\d-\d\d-\d\d\b/) { _ in "2026-08-01" }
    .replacing(/\b\d\d:\d\d:\d\d\b/) { _ in "12:00:00" }
    .replacing(/(http:\/\/127\.0\.0\.1:)\d+/) { "\($0.1)" + "18080" }
    .split(separator: "\n", omittingEmptySubsequences: false)
    .map { freeSpace(spaceForQueue(String($0))) }.joined(separator: "\n")
  }

  /// An id that a narrow pane broke in its last part.
  private static var wrappedID: Regex<(Substring, Substring, Substring, Substring)> {
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-([0-9a-f]{1,11})(\n *│ +)([0-9a-f]{1,11})\b/
  }

  /// The free space of the disk ends the first line.
  private static func freeSpace(_ line: String) -> String {
    guard let match = line.firstMatch(of: #/ +(?:\d+|\d\.\d) [kMGT]B free$/#) else { return line }
    return line[..<match.range.lowerBound]
      + padded("100 GB free", to: line[match.range].count)
  }

  /// What the queue leaves of it ends the form's title.
  private static func spaceForQueue(_ line: String) -> String {
    guard
      let match = line.firstMatch(
        of: #/ +(\d+ files?, [\d.]+ [kMGT]B of the )[\d.]+ [kMGT]B that the queue leaves$/#)
    else { return line }
    return line[..<match.range.lowerBound]
      + padded(match.1 + "99 GB that the queue leaves", to: line[match.range].count)
  }

  /// With blanks before it, so that the line keeps its width.
  private static func padded(_ words: String, to width: Int) -> String {
    String(repeating: " ", count: max(1, width - words.count)) + words
  }
}
