/// Text from outside made harmless for terminals and logs.
public enum PlainText {
  /// The text with control characters, escape sequences' introducers, bidirectional controls and
  /// other invisible characters replaced by U+FFFD; tabs and line ends become spaces.
  public static func sanitized(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isControl($0) || isInvisible($0) }) else {
      return text
    }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t", "\n", "\r": scalars.append(" ")
      default: scalars.append(isControl(scalar) || isInvisible(scalar) ? "\u{FFFD}" : scalar)
      }
    }
    return String(scalars)
  }

  /// C0 and C1 controls and DEL.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  /// Bidirectional controls, line and paragraph separators, zero-width marks that hide text, the
  /// byte order mark and tag characters. Joiners (U+200C, U+200D) stay: scripts and emoji need them.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }
}
