/// What a terminal does with one scalar.
enum ScalarWidth: Equatable {
  case columns(Int)
  /// Drawn over the character before it.
  case mark
  /// Takes no place and changes nothing that can be seen in a cell.
  case hidden
  /// Half of a flag: shown as the letter it stands for.
  case letterOfFlag(String)
  /// Nothing a terminal agrees on, such as an unassigned code.
  case unprintable

  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    switch value {
    // Letters, and the lines, blocks and Braille patterns that bars and graphs are drawn with.
    case 0x20..<0x7F, 0x2500...0x259F, 0x2800...0x28FF: self = .columns(1)
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0xAD: self = .hidden
    case 0x1160...0x11FF, 0xD7B0...0xD7FB: self = .mark
    case 0x1F1E6...0x1F1FF: self = .letterOfFlag(Self.letter(value - 0x1F1E6))
    default: self = Self.byCategory(scalar)
    }
  }

  private static func byCategory(_ scalar: Unicode.Scalar) -> ScalarWidth {
    switch scalar.properties.generalCategory {
    case .nonspacingMark: .mark
    case .enclosingMark, .format: .hidden
    case .control, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: .unprintable
    default: .columns(WideScalars.contains(scalar.value) ? 2 : 1)
    }
  }

  private static func letter(_ index: UInt32) -> String {
    String(Character(Unicode.Scalar(UInt8(ascii: "A") + UInt8(index))))
  }
}
