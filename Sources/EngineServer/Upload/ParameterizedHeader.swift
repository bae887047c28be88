/// A header such as `form-data; name="file"`: a value and parameters (RFC 9110, section 5.6.6).
///
/// In a quoted parameter a backslash escapes a quote or another backslash and nothing else, because
/// browsers send file names without escaping theirs.
struct ParameterizedHeader: Equatable {
  /// In lower case.
  let value: String
  /// By names in lower case.
  let parameters: [String: String]

  /// Nil when it is malformed or names a parameter twice.
  init?(_ text: String) {
    var rest = text[...]
    value = Self.trimmed(rest.prefix { $0 != ";" }).lowercased()
    rest = rest.drop { $0 != ";" }
    var parameters: [String: String] = [:]
    while !rest.isEmpty {
      rest = rest.dropFirst().drop(while: Self.isBlank)
      if rest.isEmpty { break }
      guard let (name, parameter) = Self.parameter(&rest),
        parameters.updateValue(parameter, forKey: name) == nil
      else { return nil }
    }
    guard !value.isEmpty else { return nil }
    self.parameters = parameters
  }

  /// Reads up to the next semicolon.
  private static func parameter(_ rest: inout Substring) -> (name: String, value: String)? {
    guard let equals = rest.firstIndex(where: { $0 == "=" || $0 == ";" }), rest[equals] == "="
    else { return nil }
    let name = trimmed(rest[..<equals]).lowercased()
    rest = rest[rest.index(after: equals)...].drop(while: isBlank)
    let value: String
    if rest.first == "\"" {
      guard let quoted = quoted(&rest) else { return nil }
      value = quoted
    } else {
      value = trimmed(rest.prefix { $0 != ";" })
      rest = rest.drop { $0 != ";" }
    }
    rest = rest.drop(while: isBlank)
    guard !name.isEmpty, rest.isEmpty || rest.first == ";" else { return nil }
    return (name, value)
  }

  private static func quoted(_ rest: inout Substring) -> String? {
    var value = ""
    rest.removeFirst()
    while let character = rest.popFirst() {
      if character == "\"" { return value }
      if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
        value.append(rest.removeFirst())
      } else {
        value.append(character)
      }
    }
    return nil
  }

  private static func isBlank(_ character: Character) -> Bool {
    character == " " || character == "\t"
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(text)
  }
}
