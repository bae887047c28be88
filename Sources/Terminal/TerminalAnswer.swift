import Interface

/// What the terminal says when it is asked. Sources: XTerm Control Sequences; the specification of
/// synchronised output (github.com/contour-terminal/vt-extensions).
enum TerminalAnswer: Equatable {
  case background(Background)
  /// Whether it draws what stands between the two sequences of mode 2026 all at once.
  case synchronizes(Bool)
  /// What every terminal tells of itself (DA1): nothing that was asked before is to come any more.
  case attributes
}

extension TerminalAnswer {
  /// Of a control sequence, `CSI parameters final`.
  init?(parameters: String, final: Unicode.Scalar) {
    switch final {
    case "c" where parameters.hasPrefix("?"): self = .attributes
    case "y" where parameters.hasPrefix("?2026;") && parameters.hasSuffix("$"):
      // 1 is set and 2 reset; the others say that it cannot be changed or is not known.
      self = .synchronizes(["1", "2"].contains(parameters.dropFirst(6).dropLast()))
    default: return nil
    }
  }

  /// Of an operating system command, without its introducer and end: `11;rgb:ffff/ffff/ffff`.
  init?(command: String) {
    let parts = command.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, ["11;rgb", "11;rgba"].contains(parts[0]) else { return nil }
    let levels = parts[1].split(separator: "/").map(Self.level)
    guard levels.count >= 3, let red = levels[0], let green = levels[1], let blue = levels[2] else {
      return nil
    }
    self = .background(RGB(red, green, blue).brightness > 0.5 ? .light : .dark)
  }

  /// One to four hexadecimal digits, of which the most stand for full.
  private static func level(_ digits: Substring) -> UInt8? {
    guard (1...4).contains(digits.utf8.count), let value = UInt16(digits, radix: 16) else {
      return nil
    }
    let most = (1 << (4 * digits.utf8.count)) - 1
    return UInt8(Int(value) * 255 / most)
  }
}
