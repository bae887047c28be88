/// Text from a key or a paste as lines that can be edited.
enum CleanLines {
  /// The lines of a text, at least one. CR, LF and both together end a line, a tab becomes a space,
  /// and other control characters are left out.
  static func of(_ text: String) -> [String] {
    var lines: [String] = []
    var rest = text.utf8[...]
    while let end = rest.firstIndex(where: { $0 == lineFeed || $0 == carriageReturn }) {
      lines.append(clean(rest[..<end]))
      var next = rest.index(after: end)
      if rest[end] == carriageReturn, next < rest.endIndex, rest[next] == lineFeed {
        next = rest.index(after: next)
      }
      rest = rest[next...]
    }
    lines.append(clean(rest))
    return lines
  }

  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  private static func clean(_ bytes: Substring.UTF8View) -> String {
    let text = Substring(bytes)
    if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(text) }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\t" {
        scalars.append(" ")
      } else if scalar.properties.generalCategory != .control {
        scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
