/// What a program has written to a terminal, taken apart as a terminal does (ECMA-48, section 5).
struct OutputSequences {
  /// The text between the controls.
  private(set) var text: [Unicode.Scalar] = []
  /// Each control once, without its parameters: `CSI ?h`, `ESC (B`, `OSC`, `C0 D`.
  private(set) var kinds: Set<String> = []

  init(_ bytes: [UInt8]) {
    var scalars = Substring(String(decoding: bytes, as: UTF8.self)).unicodeScalars
    while let scalar = scalars.popFirst() {
      switch scalar.value {
      case 0x1B: kinds.insert(Self.sequence(&scalars))
      case 0..<0x20, 0x7F: kinds.insert("C0 " + String(scalar.value, radix: 16, uppercase: true))
      case 0x80..<0xA0: kinds.insert("C1 " + String(scalar.value, radix: 16, uppercase: true))
      default: text.append(scalar)
      }
    }
  }

  private static func sequence(_ scalars: inout Substring.UnicodeScalarView) -> String {
    switch scalars.popFirst() {
    case "[": return "CSI " + controlSequence(&scalars)
    case "]": return "OSC"
    case "P": return "DCS"
    case "X": return "SOS"
    case "^": return "PM"
    case "_": return "APC"
    case let scalar?:
      // Intermediates come before the final character.
      var kind = String(Character(scalar))
      var last = scalar
      while (0x20..<0x30).contains(last.value), let next = scalars.popFirst() {
        kind.unicodeScalars.append(next)
        last = next
      }
      return "ESC " + kind
    case nil: return "ESC"
    }
  }

  /// The private marker, the intermediates and the final character.
  private static func controlSequence(_ scalars: inout Substring.UnicodeScalarView) -> String {
    var kind = ""
    while let scalar = scalars.popFirst() {
      let isParameter = (0x30..<0x3C).contains(scalar.value)
      if !isParameter { kind.unicodeScalars.append(scalar) }
      if scalar.value >= 0x40 { break }
    }
    return kind
  }
}
