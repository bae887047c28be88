/// A help text: paragraphs, indented lines as they are, and examples at the end.
struct Discussion {
  private(set) var description: [String] = []
  private(set) var examples: [String] = []

  private static let indentation = "  "

  /// - Parameter text: with `Examples:` on a line of its own before the examples.
  init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if let heading = lines.firstIndex(of: "Examples:") {
      examples = Self.blocks(Array(lines[(heading + 1)...]))
      lines.removeSubrange(heading...)
    }
    description = Self.blocks(lines)
  }

  private static func blocks(_ lines: [String]) -> [String] {
    var result: [String] = []
    var isCode = false
    for line in lines {
      let wasCode = isCode
      isCode = line.hasPrefix(indentation)
      if wasCode, !isCode { result += [".EE", ".RE"] }
      if !wasCode, isCode { result += [".RS 4", ".EX"] }
      if isCode {
        result.append(Roff.code(String(line.dropFirst(indentation.count))))
      } else if !line.isEmpty {
        result.append(Roff.prose(line))
      } else if !result.isEmpty, result.last != ".PP" {
        result.append(".PP")
      }
    }
    if isCode { result += [".EE", ".RE"] }
    if result.last == ".PP" { result.removeLast() }
    return result
  }
}
