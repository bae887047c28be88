import ComfyAPI
import Yams

/// A value of a YAML file, and where it stands. All that Winch reads of YAML goes through here.
struct YAMLNode {
  private let node: Node
  private let file: String
  /// Counted from 1; of a member, where its name stands.
  let line: Int?
  /// The keys that lead here.
  private let path: [String]

  private init(_ node: Node, file: String, line: Int?, path: [String]) {
    self.node = node
    self.file = file
    self.line = line
    self.path = path
  }

  /// The one document of a file; nil when there is none.
  init?(text: String, file: String) throws(ConfigError) {
    let root: Node?
    do {
      // Left to itself the parser asks an environment variable, and prints what it was told.
      root = try Parser(yaml: text, encoding: .utf8).singleRoot()
    } catch {
      throw Self.syntaxError(error, file: file)
    }
    guard let root else { return nil }
    self.init(root, file: file, line: root.mark?.line, path: [])
  }

  /// The one document of a file that a stranger may have written; nil when there is none.
  ///
  /// Aliases are refused: a few bytes of them stand for any amount of text.
  init?(untrusted text: String, file: String) throws(ConfigError) {
    if let alias = YAMLAlias(in: text) {
      throw ConfigError(
        file: file, line: alias.line, problem: "Here stands an alias (*name), which is not taken.",
        hint: "Write out what it stands for.")
    }
    try self.init(text: text, file: file)
  }

  /// Whether nothing is given: an empty value, `~` or `null`, without quotes.
  var isEmpty: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// The text as written; numbers and truth values are text too.
  func text() throws(ConfigError) -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty, !isEmpty else {
      throw error("This takes text, not \(kind).")
    }
    return scalar.string
  }

  /// The text of a value that is text, nil for every other kind.
  var textIfScalar: String? { try? text() }

  /// The texts of a list, or a single text as a list of one.
  ///
  /// - Parameter most: a longer list is an error.
  func texts(upTo most: Int = .max) throws(ConfigError) -> [String] {
    guard case .sequence(let items) = node else { return [try text()] }
    try check(items.count, upTo: most)
    var texts: [String] = []
    for item in items {
      texts.append(try YAMLNode(item, file: file, line: item.mark?.line ?? line, path: path).text())
    }
    return texts
  }

  /// The items of a list.
  ///
  /// - Parameter most: a longer list is an error.
  func items(upTo most: Int = .max) throws(ConfigError) -> [YAMLNode] {
    guard case .sequence(let items) = node else {
      throw error("Here a list is expected, not \(kind).")
    }
    try check(items.count, upTo: most)
    return items.map { YAMLNode($0, file: file, line: $0.mark?.line ?? line, path: path) }
  }

  private func check(_ count: Int, upTo most: Int) throws(ConfigError) {
    guard count > most else { return }
    throw error("This list has \(count) items; \(most) are the most.")
  }

  /// The members of a mapping in the file's order.
  func members() throws(ConfigError) -> [(name: String, value: YAMLNode)] {
    guard case .mapping(let mapping) = node else {
      throw error("Here “name: value” lines are expected, not \(kind).")
    }
    var members: [(name: String, value: YAMLNode)] = []
    for (key, value) in mapping {
      guard case .scalar(let name) = key else {
        throw error("A name must be text.")
      }
      let member = YAMLNode(
        value, file: file, line: key.mark?.line, path: path + [name.string])
      members.append((name.string, member))
    }
    return members
  }

  /// Whether it is a mapping that has members.
  var hasMembers: Bool {
    guard case .mapping(let mapping) = node else { return false }
    return !mapping.isEmpty
  }

  /// The value as JSON: scalars that stand without quotes may be numbers and truth values.
  var json: JSONValue { Self.json(node) }

  private static func json(_ node: Node) -> JSONValue {
    switch node {
    case .scalar(let scalar): json(scalar)
    case .sequence(let items): .array(items.map(json))
    case .mapping(let mapping):
      .object(
        Dictionary(mapping.map { ($0.key.string ?? "", json($0.value)) }, uniquingKeysWith: { $1 }))
    case .alias: .null
    }
  }

  private static func json(_ scalar: Node.Scalar) -> JSONValue {
    guard scalar.style == .plain else { return .string(scalar.string) }
    switch scalar.string {
    case "", "~", "null", "Null", "NULL": return .null
    case "true": return true
    case "false": return false
    case let text: return Int64(text).map(JSONValue.integer) ?? .string(text)
    }
  }

  func error(_ problem: String, hint: String? = nil) -> ConfigError {
    ConfigError(
      file: file, line: line, key: path.joined(separator: "."), problem: problem,
      hint: hint)
  }

  private var kind: String {
    switch node {
    case .scalar: isEmpty ? "nothing" : "text"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  /// The parser's own description would quote the file, which may hold a key.
  private static func syntaxError(_ error: any Error, file: String) -> ConfigError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ConfigError(file: file, line: mark.line, problem: "This is not YAML: \(problem).")
    case .duplicatedKeysInMapping(_, let context):
      ConfigError(file: file, line: context.mark.line, problem: "A name stands here twice.")
    case .reader(_, let offset?, _, let text):
      ConfigError(
        file: file, line: 1 + text.prefix(offset).count(where: \.isNewline),
        problem: "Here stands a character that YAML does not allow.")
    default:
      ConfigError(file: file, problem: "This is not YAML.")
    }
  }
}
