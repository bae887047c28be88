import ComfyAPI

/// Reads JSON (RFC 8259) within limits, and says in words what keeps a text from being it.
///
/// Decoders try one type after the other for each value of unknown type, which for megabytes takes
/// seconds; they take any number of values, and name no line.
struct JSONReader {
  struct Limits {
    /// Lists and objects in one another.
    var depth = 100
    /// Values in all, keys left out.
    var values = Int.max
    /// Whether Python's `NaN` and `Infinity` are read, as null.
    var takesNaN = false
  }

  private let bytes: [UInt8]
  private let limits: Limits
  private var place = 0
  private var line = 0
  private var depth = 0
  private var values = 0

  /// The one value that the bytes are. Bytes that are no UTF-8 are replaced.
  static func value(of bytes: [UInt8], within limits: Limits = Limits()) throws(JSONMistake)
    -> JSONValue
  {
    var reader = JSONReader(bytes: bytes, limits: limits)
    let value = try reader.value()
    reader.skipSpace()
    if let byte = reader.next { throw reader.unexpected(byte, instead: "nothing more") }
    return value
  }

  private init(bytes: [UInt8], limits: Limits) {
    self.bytes = bytes
    self.limits = limits
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func value() throws(JSONMistake) -> JSONValue {
    skipSpace()
    guard let byte = next else { throw mistake("A value is missing at the end.") }
    values += 1
    guard values <= limits.values else { throw mistake("There are too many values.") }
    switch byte {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: return try word(byte)
    }
  }

  private mutating func object() throws(JSONMistake) -> JSONValue {
    var members: [String: JSONValue] = [:]
    try container(closedBy: "}") { (reader) throws(JSONMistake) in
      let key = try reader.key()
      members[key] = try reader.value()
    }
    return .object(members)
  }

  private mutating func array() throws(JSONMistake) -> JSONValue {
    var elements: [JSONValue] = []
    try container(closedBy: "]") { (reader) throws(JSONMistake) in
      elements.append(try reader.value())
    }
    return .array(elements)
  }

  private mutating func container(
    closedBy close: Unicode.Scalar, _ element: (inout JSONReader) throws(JSONMistake) -> Void
  ) throws(JSONMistake) {
    let opened = line
    place += 1
    depth += 1
    guard depth <= limits.depth else { throw mistake("This is nested too deeply.") }
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

  private mutating func key() throws(JSONMistake) -> String {
    skipSpace()
    guard let byte = next else { throw mistake("A key is missing at the end.") }
    guard byte == UInt8(ascii: "\"") else {
      throw mistake("A key must stand in double quotes.")
    }
    let key = try string()
    skipSpace()
    guard take(":") else { throw mistake("A colon must follow the key.") }
    return key
  }

  private mutating func string() throws(JSONMistake) -> String {
    place += 1
    var start = place
    // What came before the last escape; most texts have none.
    var text = ""
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        text += String(decoding: bytes[start..<place], as: UTF8.self)
        place += 1
        return text
      case UInt8(ascii: "\n"): throw mistake("A double quote is missing.")
      case UInt8(ascii: "\\"):
        text += String(decoding: bytes[start..<place], as: UTF8.self)
        text.unicodeScalars.append(try escape())
        start = place
      case ..<0x20: throw mistake("A control character stands in a text.")
      default: place += 1
      }
    }
    throw mistake("A double quote is missing.")
  }

  private mutating func escape() throws(JSONMistake) -> Unicode.Scalar {
    if let unit = codeUnit(at: place) {
      place += 6
      if let scalar = Unicode.Scalar(unit) { return scalar }
      guard unit < 0xDC00, let low = codeUnit(at: place), 0xDC00...0xDFFF ~= low else {
        return "\u{FFFD}"
      }
      place += 6
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }
    guard place + 1 < bytes.count, let scalar = Self.escapes[bytes[place + 1]] else {
      throw mistake("After a backslash comes one of \" \\ / b f n r t, or u and four digits.")
    }
    place += 2
    return scalar
  }

  private static let escapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
    UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n",
    UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
  ]

  /// The number of a `\uXXXX` that begins there; nil where none does.
  private func codeUnit(at start: Int) -> UInt32? {
    guard start + 6 <= bytes.count, bytes[start] == UInt8(ascii: "\\"),
      bytes[start + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt32 = 0
    for byte in bytes[(start + 2)..<(start + 6)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  private mutating func number() throws(JSONMistake) -> JSONValue {
    let start = place
    while let byte = next, "+-.0123456789eE".utf8.contains(byte) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if limits.takesNaN, text == "-", next == UInt8(ascii: "I") { return try word(0) }
    guard Self.isNumber(bytes[start..<place]) else { throw mistake("\(text) is no number.") }
    if let integer = Int64(text) { return .integer(integer) }
    guard let number = Double(text) else { throw mistake("\(text) is no number.") }
    return .number(number)
  }

  /// Whether bytes are `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
  private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    func dropDigits() -> Int {
      let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      rest = rest.dropFirst(digits.count)
      return digits.count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let whole = dropDigits()
    guard whole == 1 || (whole > 1 && !startsWithZero) else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard dropDigits() > 0 else { return false }
    }
    if let byte = rest.first, "eE".utf8.contains(byte) {
      rest = rest.dropFirst()
      if let sign = rest.first, "+-".utf8.contains(sign) { rest = rest.dropFirst() }
      guard dropDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  private mutating func word(_ byte: UInt8) throws(JSONMistake) -> JSONValue {
    let start = place
    while let byte = next, Character(Unicode.Scalar(byte)).isLetter, byte < 0x80 { place += 1 }
    let word = String(decoding: bytes[start..<place], as: UTF8.self)
    switch word {
    case "": throw unexpected(byte, instead: "a value")
    case "true": return true
    case "false": return false
    case "null": return .null
    case "NaN" where limits.takesNaN, "Infinity" where limits.takesNaN: return .null
    default: throw mistake("\(word.prefix(20)) must stand in double quotes.")
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
