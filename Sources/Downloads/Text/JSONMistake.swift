/// The first thing in a text that keeps it from being JSON (RFC 8259), and where it stands.
public struct JSONMistake: Error, Sendable, Equatable {
  /// Counted from 0.
  public let line: Int
  /// One sentence for people.
  public let message: String

  /// Nil when the text is one JSON value.
  public init?(in text: String) {
    var reader = JSONReader(text)
    guard let mistake = reader.firstMistake() else { return nil }
    self = mistake
  }

  init(line: Int, message: String) {
    self.line = line
    self.message = message
  }
}

/// Walks through JSON without keeping anything of it.
private struct JSONReader {
  private let bytes: [UInt8]
  private var place = 0
  private var line = 0
  /// Lists and objects around the place; what stands deeper is refused.
  private var depth = 0

  private static let deepest = 100

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func firstMistake() -> JSONMistake? {
    do throws(JSONMistake) {
      try value()
      skipSpace()
      if let byte = next { throw unexpected(byte, instead: "nothing more") }
      return nil
    } catch {
      return error
    }
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func value() throws(JSONMistake) {
    skipSpace()
    guard let byte = next else { throw mistake("A value is missing at the end.") }
    switch byte {
    case UInt8(ascii: "{"):
      try container(closedBy: "}") { (reader) throws(JSONMistake) in try reader.member() }
    case UInt8(ascii: "["):
      try container(closedBy: "]") { (reader) throws(JSONMistake) in try reader.value() }
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: try word(byte)
    }
  }

  private mutating func container(
    closedBy close: Unicode.Scalar, _ element: (inout JSONReader) throws(JSONMistake) -> Void
  ) throws(JSONMistake) {
    let opened = line
    place += 1
    depth += 1
    guard depth <= Self.deepest else { throw mistake("This is nested too deeply.") }
    skipSpace()
    if take(close) {
      depth -= 1
      return
    }
    while true {
      try element(&self)
      skipSpace()
      if take(close) { break }
      guard let byte = next else {
        throw mistake("The \(Self.opening(close)) of line \(opened + 1) is never closed.")
      }
      guard take(",") else { throw unexpected(byte, instead: "a comma or \(close)") }
      skipSpace()
      if next == UInt8(ascii: close) { throw mistake("A comma stands before the \(close).") }
    }
    depth -= 1
  }

  private mutating func member() throws(JSONMistake) {
    skipSpace()
    guard let byte = next else { throw mistake("A key is missing at the end.") }
    guard byte == UInt8(ascii: "\"") else {
      throw mistake("A key must stand in double quotes.")
    }
    try string()
    skipSpace()
    guard take(":") else { throw mistake("A colon must follow the key.") }
    try value()
  }

  private mutating func string() throws(JSONMistake) {
    place += 1
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        place += 1
        return
      case UInt8(ascii: "\n"): throw mistake("A double quote is missing.")
      case UInt8(ascii: "\\"): try escape()
      case ..<0x20: throw mistake("A control character stands in a text.")
      default: place += 1
      }
    }
    throw mistake("A double quote is missing.")
  }

  private mutating func escape() throws(JSONMistake) {
    let digits = bytes[place...].dropFirst(2).prefix(4)
    let isHex = digits.count == 4 && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    switch bytes[place...].dropFirst().first {
    case UInt8(ascii: "u") where isHex: place += 6
    case let byte? where "\"\\/bfnrt".utf8.contains(byte): place += 2
    default:
      throw mistake("After a backslash comes one of \" \\ / b f n r t, or u and four digits.")
    }
  }

  private mutating func number() throws(JSONMistake) {
    let start = place
    while let byte = next, "+-.0123456789eE".utf8.contains(byte) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    let pattern = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/
    guard text.wholeMatch(of: pattern) != nil else { throw mistake("\(text) is no number.") }
  }

  private mutating func word(_ byte: UInt8) throws(JSONMistake) {
    let start = place
    while let byte = next, Character(Unicode.Scalar(byte)).isLetter, byte < 0x80 { place += 1 }
    let word = String(decoding: bytes[start..<place], as: UTF8.self)
    guard !word.isEmpty else { throw unexpected(byte, instead: "a value") }
    guard ["true", "false", "null"].contains(word) else {
      throw mistake("\(word.prefix(20)) must stand in double quotes.")
    }
  }

  private mutating func skipSpace() {
    while let byte = next, " \t\r\n".utf8.contains(byte) {
      if byte == UInt8(ascii: "\n") { line += 1 }
      place += 1
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: scalar) else { return false }
    place += 1
    return true
  }

  private static func opening(_ close: Unicode.Scalar) -> String { close == "}" ? "{" : "[" }

  private func unexpected(_ byte: UInt8, instead wanted: String) -> JSONMistake {
    let shown = byte < 0x80 ? String(Character(Unicode.Scalar(byte))) : "Something"
    return mistake("\(shown) stands where \(wanted) should.")
  }

  private func mistake(_ message: String) -> JSONMistake {
    JSONMistake(line: line, message: message)
  }
}
