import ComfyAPI

/// Values of YAML on one line.
enum YAMLText {
  /// A text as a scalar of YAML: as it is where that means the same, else in quotes.
  static func scalar(_ text: String) -> String {
    let isPlain = text.wholeMatch(of: /[A-Za-z0-9_~\/.^][A-Za-z0-9_~\/.^:+@%=\- ]*/) != nil
    let isWhole = !text.contains(": ") && !text.hasSuffix(":") && !text.hasSuffix(" ")
    guard isPlain, isWhole, !["~", "null", "Null", "NULL"].contains(text) else {
      return quoted(text)
    }
    return text
  }

  /// A text as a scalar that no reader of YAML takes for a number, a date or a truth value.
  static func text(_ text: String) -> String {
    isOther(text) ? quoted(text) : scalar(text)
  }

  private static func isOther(_ text: String) -> Bool {
    let words: Set = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"]
    let number = /[-+]?(0x[0-9a-fA-F_]+|0o?[0-7_]+|[0-9._]+([eE][-+]?[0-9]+)?|\.inf|\.nan)/
    let dateOrTime = /[0-9]{4}-[0-9]{1,2}-[0-9].*|[-+]?[0-9_]+(:[0-9.]+)+/
    return words.contains(text.lowercased()) || text.wholeMatch(of: number.ignoresCase()) != nil
      || text.wholeMatch(of: dateOrTime) != nil
  }

  private static func quoted(_ text: String) -> String {
    (try? WireFormat.encodeText(JSONValue.string(text))) ?? "\"\""
  }

  /// A value in YAML's flow style.
  static func flow(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): flowScalar(text)
    case .array(let values): "[" + values.map(flow).joined(separator: ", ") + "]"
    case .object(let members):
      "{"
        + members.sorted { $0.key < $1.key }.map { "\(flowScalar($0.key)): \(flow($0.value))" }
        .joined(separator: ", ") + "}"
    case .null, .bool, .integer, .number: (try? WireFormat.encodeText(value)) ?? "null"
    }
  }

  /// Inside of brackets a word alone may stand without quotes.
  private static func flowScalar(_ text: String) -> String {
    let isWord = text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_.\-]*/) != nil
    return isWord && !isOther(text) ? text : quoted(text)
  }
}
