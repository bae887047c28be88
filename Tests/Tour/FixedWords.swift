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
    .map { freeSpace(String($0)) }.joined(separator: "\n")
  }

  /// An id that a narrow pane broke in its last part.
  private static var wrappedID: Regex<(Substring, Substring, Substring, Substring)> {
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-([0-9a-f]{1,11})(\n *│ +)([0-9a-f]{1,11})\b/
  }

  /// The free space of the disk ends the first line, which keeps its width.
  private static func freeSpace(_ line: String) -> String {
    guard let match = line.firstMatch(of: #/ +(?:\d+|\d\.\d) [kMGT]B free$/#) else { return line }
    let word = "100 GB free"
    let width = line[match.range].count
    guard width > word.count else { return line }
    return line[..<match.range.lowerBound] + String(repeating: " ", count: width - word.count)
      + word
  }
}
