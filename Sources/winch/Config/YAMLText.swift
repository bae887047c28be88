import ComfyAPI

/// Values of YAML on one line.
enum YAMLText {
  /// A text as a scalar of YAML: as it is where that means the same, else in quotes.
  static func scalar(_ text: String) -> String {
    let isPlain = text.wholeMatch(of: /[A-Za-z0-9_~\/.^][A-Za-z0-9_~\/.^:+@%=\- ]*/) != nil
    let isWhole = !text.contains(": ") && !text.hasSuffix(":") && !text.hasSuffix(" ")
    guard isPlain, isWhole, !["~", "null", "Null", "NULL"].contains(text) else {
      return (try? WireFormat.encodeText(JSONValue.string(text))) ?? "\"\""
    }
    return text
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
    guard isWord, !["null", "Null", "NULL", "true", "false"].contains(text) else {
      return (try? WireFormat.encodeText(JSONValue.string(text))) ?? "\"\""
    }
    return text
  }
}
