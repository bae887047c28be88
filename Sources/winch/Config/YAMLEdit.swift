import ComfyAPI
import Yams

/// Gives one value of a YAML file another text, and leaves all else as it stands: comments, order and
/// blank lines.
///
/// What comes out is read again and compared with what was meant, so that a file that is written in a
/// way which this does not know is refused and never spoilt.
struct YAMLEdit {
  var lines: [Substring]
  let file: String

  /// - Parameters:
  ///   - path: the names that lead to the value; what is missing of them is made.
  ///   - value: one line of YAML.
  /// - Throws: `ConfigError` where the text is no YAML, or cannot be changed like this.
  static func setting(
    _ path: [String], to value: String, in text: String, file: String
  ) throws(ConfigError) -> String {
    var edit = YAMLEdit(
      lines: text.split(separator: "\n", omittingEmptySubsequences: false), file: file)
    let root = try YAMLNode(text: text, file: file)
    try edit.set(path[...], to: value, in: root)
    let result = edit.text
    let wanted = try YAMLNode(text: value, file: file)?.json ?? .null
    let (before, after) = (root?.json ?? .null, try? YAMLNode(text: result, file: file)?.json)
    guard after == before.setting(path[...], to: wanted) else { throw edit.tooHard }
    return result
  }

  var text: String {
    let text = lines.joined(separator: "\n")
    return text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
  }

  var tooHard: ConfigError {
    ConfigError(
      file: file, problem: "It is written in a way that this command cannot change safely.",
      hint: "Use winch config edit.")
  }

  private mutating func set(
    _ path: ArraySlice<String>, to value: String, in root: YAMLNode?
  ) throws(ConfigError) {
    guard let root, !root.isEmpty else { return append(Self.block(path, value, indent: 0)) }
    var mapping = root
    var rest = path
    while let name = rest.popFirst() {
      guard mapping.hasMembers else { throw tooHard }
      let members = try mapping.members()
      guard let member = members.first(where: { $0.name == name })?.value else {
        return try insert(
          Self.block(path[(rest.startIndex - 1)...], value, indent: indent(of: members[0].value)),
          below: members)
      }
      if rest.isEmpty { return try replace(member, with: value) }
      if member.isEmpty {
        return try replaceEmpty(
          member, with: Self.block(rest, value, indent: indent(of: member) + 2))
      }
      if try isInBraces(member) {
        guard let wanted = try YAMLNode(text: value, file: file) else { throw tooHard }
        let changed = member.json.setting(rest, to: wanted.json)
        return try replace(member, with: YAMLText.flow(changed))
      }
      mapping = member
    }
  }
}

/// Lines.
extension YAMLEdit {
  /// The lines of a value that is reached by names, each but the last a mapping.
  private static func block(_ path: ArraySlice<String>, _ value: String, indent: Int) -> [Substring]
  {
    path.enumerated().map { index, name in
      let spaces = String(repeating: " ", count: indent + 2 * index)
      return Substring(
        spaces + YAMLText.scalar(name) + ":" + (index == path.count - 1 ? " " + value : ""))
    }
  }

  private mutating func append(_ new: [Substring]) {
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    lines += new + [""]
  }

  /// Puts lines behind the last member, in front of comments and blank lines that follow it.
  private mutating func insert(
    _ new: [Substring], below members: [(name: String, value: YAMLNode)]
  ) throws(ConfigError) {
    guard let last = members.last?.value else { throw tooHard }
    lines.insert(contentsOf: new, at: try end(of: last))
  }

  private mutating func replaceEmpty(_ member: YAMLNode, with new: [Substring]) throws(ConfigError)
  {
    let line = try index(of: member)
    lines.insert(contentsOf: new, at: line + 1)
  }

  /// Exchanges a member's value; what stands behind it on its line stays.
  mutating func replace(_ member: YAMLNode, with value: String) throws(ConfigError) {
    let (first, end) = (try index(of: member), try end(of: member))
    let line = lines[first]
    guard let colon = colon(in: line) else { throw tooHard }
    let head = line[...colon]
    let tail = line[line.index(after: colon)...]
    let rest = tail.drop { $0 == " " || $0 == "\t" }
    let isBelow = rest.isEmpty || rest.first == "#"
    let after = isBelow ? tail : rest[(Self.endOfValue(rest) ?? rest.endIndex)...]
    lines[first] = head + " " + value + after
    lines.removeSubrange(first + 1..<end)
  }

  func index(of member: YAMLNode) throws(ConfigError) -> Int {
    guard let line = member.line, lines.indices.contains(line - 1) else { throw tooHard }
    return line - 1
  }

  /// Whether a member's value is a mapping in braces; the parser does not tell.
  func isInBraces(_ member: YAMLNode) throws(ConfigError) -> Bool {
    let line = lines[try index(of: member)]
    guard let colon = colon(in: line) else { throw tooHard }
    return line[line.index(after: colon)...].first { !$0.isWhitespace } == "{"
  }

  private func indent(of member: YAMLNode) throws(ConfigError) -> Int {
    lines[try index(of: member)].prefix { $0 == " " }.count
  }

  /// The line behind the last one that belongs to a member.
  func end(of member: YAMLNode) throws(ConfigError) -> Int {
    let first = try index(of: member)
    let indent = try indent(of: member)
    var end = first + 1
    for (number, line) in lines.enumerated().dropFirst(first + 1) {
      let text = line.drop { $0 == " " }
      if text.isEmpty || text.first == "#" { continue }
      let depth = line.count - text.count
      guard depth > indent || (depth == indent && (text == "-" || text.hasPrefix("- "))) else {
        break
      }
      end = number + 1
    }
    return end
  }

  /// The colon behind a member's name.
  private func colon(in line: Substring) -> Substring.Index? {
    let name = line.drop { $0 == " " }
    if let quote = name.first, quote == "\"" || quote == "'" {
      guard let end = Self.endOfValue(name) else { return nil }
      return line[end...].firstIndex(of: ":")
    }
    return line.indices.first { index in
      line[index] == ":"
        && (line.index(after: index) == line.endIndex
          || line[line.index(after: index)].isWhitespace)
    }
  }

  /// Where a value ends that begins a text; nil where that is on a later line.
  private static func endOfValue(_ text: Substring) -> Substring.Index? {
    switch text.first {
    case "\"", "'": endOfQuotes(text)
    case "[", "{": endOfFlow(text)
    default: endOfPlain(text)
    }
  }

  private static func endOfQuotes(_ text: Substring) -> Substring.Index? {
    guard let quote = text.first else { return nil }
    var index = text.index(after: text.startIndex)
    while index < text.endIndex {
      let next = text.index(after: index)
      if quote == "\"", text[index] == "\\" {
        guard next < text.endIndex else { return nil }
        index = text.index(after: next)
        continue
      }
      if text[index] == quote {
        guard quote == "'", next < text.endIndex, text[next] == "'" else { return next }
        index = text.index(after: next)
        continue
      }
      index = next
    }
    return nil
  }

  private static func endOfFlow(_ text: Substring) -> Substring.Index? {
    var depth = 0
    var index = text.startIndex
    while index < text.endIndex {
      switch text[index] {
      case "[", "{": depth += 1
      case "]", "}": depth -= 1
      case "\"", "'":
        guard let end = endOfQuotes(text[index...]) else { return nil }
        index = end
        continue
      default: break
      }
      index = text.index(after: index)
      if depth == 0 { return index }
    }
    return nil
  }

  /// Up to a comment, without the spaces in front of it.
  private static func endOfPlain(_ text: Substring) -> Substring.Index {
    let comment = text.firstRange(of: " #")?.lowerBound ?? text.endIndex
    var end = comment
    while end > text.startIndex, text[text.index(before: end)].isWhitespace {
      end = text.index(before: end)
    }
    return end
  }
}

extension JSONValue {
  /// The same with another value where names lead; mappings that are missing are made.
  fileprivate func setting(_ path: ArraySlice<String>, to value: JSONValue) -> JSONValue {
    guard let name = path.first else { return value }
    var members = object ?? [:]
    members[name] = (members[name] ?? .null).setting(path.dropFirst(), to: value)
    return .object(members)
  }
}
