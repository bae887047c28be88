/// Text as troff reads it, by the macros of man(7).
enum Roff {
  /// Flowing text: dashes of options stay dashes, those of words become hyphens.
  static func prose(_ text: String) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let begins = word.drop { "([\"'".contains($0) }.hasPrefix("-")
      return escaped(word, dash: begins ? "\\-" : "-", quote: "'")
    }
    return protected(words.joined(separator: " "))
  }

  /// What is typed or copied: every character stands for itself.
  static func code(_ text: String) -> String {
    protected(escaped(text[...], dash: "\\-", quote: "\\(aq"))
  }

  static func bold(_ text: String) -> String { "\\fB" + code(text) + "\\fR" }
  static func italic(_ text: String) -> String { "\\fI" + code(text) + "\\fR" }

  /// An argument of a macro.
  static func quoted(_ text: String) -> String {
    "\"" + escaped(text[...], dash: "-", quote: "'").replacing("\"", with: "\\(dq") + "\""
  }

  /// Markdown within a line: code becomes bold, of a link its text is left.
  static func markdown(_ text: String) -> String {
    let linkless = text.replacing(/\[([^\]]+)\]\([^)]+\)/) { String($0.1) }
    let parts = linkless.split(separator: "`", omittingEmptySubsequences: false)
    return protected(
      parts.enumerated().map { index, part in
        index.isMultiple(of: 2) ? prose(String(part)) : bold(String(part))
      }.joined())
  }

  /// A line that begins with a dot or a quote would be a request.
  private static func protected(_ line: String) -> String {
    line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }

  private static func escaped(_ text: Substring, dash: String, quote: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\e"
      case "-": dash
      case "'": quote
      case "`": "\\(ga"
      case "^": "\\(ha"
      case "~": "\\(ti"
      case _ where scalar.isASCII: String(scalar)
      default: "\\[u\(hexadecimal(scalar))]"
      }
    }.joined()
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
