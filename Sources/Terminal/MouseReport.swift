import Interface

/// What the terminal says of the mouse in its SGR form: `CSI < button ; column ; row M`, or `m` for a
/// release (XTerm Control Sequences, "Extended coordinates").
enum MouseReport {
  /// Nil for what means nothing here: releases, movement, further buttons, and nonsense.
  ///
  /// - Parameter parameters: what stands between `CSI <` and the final character.
  static func event(parameters: String, final: Unicode.Scalar) -> MouseEvent? {
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map {
      Int($0)
    }
    guard final == "M", numbers.count == 3, let code = numbers[0], let column = numbers[1],
      let row = numbers[2], column > 0, row > 0, let kind = kind(code)
    else { return nil }
    return MouseEvent(
      kind, at: Position(column: column - 1, row: row - 1), modifiers: modifiers(code))
  }

  private static func kind(_ code: Int) -> MouseEvent.Kind? {
    switch code & ~(shift | alt | control) {
    case 0: .left
    case 1: .middle
    case 2: .right
    case 64: .wheelUp
    case 65: .wheelDown
    default: nil
    }
  }

  private static func modifiers(_ code: Int) -> MouseEvent.Modifiers {
    var modifiers: MouseEvent.Modifiers = []
    if code & shift != 0 { modifiers.insert(.shift) }
    if code & alt != 0 { modifiers.insert(.alt) }
    if code & control != 0 { modifiers.insert(.control) }
    return modifiers
  }

  private static let shift = 4
  private static let alt = 8
  private static let control = 16
}
