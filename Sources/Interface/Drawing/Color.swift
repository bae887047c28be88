/// A colour that every terminal has, one of xterm's palette of 256, or one of its own.
public enum Color: Sendable, Hashable {
  /// What the terminal uses when nothing is said.
  case standard
  case black, red, green, yellow, blue, magenta, cyan, white
  /// Only used when the terminal has that many colours.
  case palette(UInt8)
  /// Drawn as the nearest colour that the terminal has.
  case rgb(UInt8, UInt8, UInt8)
}

extension Color {
  /// - Parameter hexadecimal: as the web writes it: `0xD75F00`.
  static func rgb(_ hexadecimal: UInt32) -> Color {
    .rgb(
      UInt8(truncatingIfNeeded: hexadecimal >> 16), UInt8(truncatingIfNeeded: hexadecimal >> 8),
      UInt8(truncatingIfNeeded: hexadecimal))
  }
}

/// What text stands on.
public enum Background: String, Sendable, Hashable {
  case dark, light
}
