/// A colour as a terminal's sequences name it.
enum Paint: Equatable {
  case standard
  /// One of xterm's 256.
  case palette(Int)
  case rgb(Int, Int, Int)
}

/// How a piece of text looks on a terminal.
struct TextStyle: Equatable {
  var foreground = Paint.standard
  var background = Paint.standard
  var isBold = false
  var isDim = false
  var isUnderlined = false
  var isReversed = false

  /// Takes over what a sequence `ESC [ … m` sets (ECMA-48, Select Graphic Rendition); codes that
  /// are not known change nothing.
  mutating func apply(_ codes: [Int]) {
    var rest = codes.isEmpty ? [0] : codes[...]
    while let code = rest.popFirst() {
      switch code {
      case 0: self = TextStyle()
      case 1: isBold = true
      case 2: isDim = true
      case 4: isUnderlined = true
      case 7: isReversed = true
      case 22: (isBold, isDim) = (false, false)
      case 24: isUnderlined = false
      case 27: isReversed = false
      case 30...37: foreground = .palette(code - 30)
      case 38: foreground = Paint(takenFrom: &rest) ?? foreground
      case 39: foreground = .standard
      case 40...47: background = .palette(code - 40)
      case 48: background = Paint(takenFrom: &rest) ?? background
      case 49: background = .standard
      case 90...97: foreground = .palette(code - 82)
      case 100...107: background = .palette(code - 92)
      default: break
      }
    }
  }
}

extension Paint {
  /// What follows 38 or 48: `5;N` or `2;R;G;B`.
  fileprivate init?(takenFrom codes: inout ArraySlice<Int>) {
    switch codes.popFirst() {
    case 5:
      guard let number = codes.popFirst() else { return nil }
      self = .palette(number)
    case 2:
      guard codes.count >= 3 else { return nil }
      self = .rgb(codes.removeFirst(), codes.removeFirst(), codes.removeFirst())
    default: return nil
    }
  }
}
