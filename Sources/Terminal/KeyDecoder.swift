import CTerminal
import Interface

/// What one read from the terminal gives.
enum TerminalInput: Equatable {
  case byte(UInt8)
  case key(winch_key)
  /// Nothing more is there now.
  case pause
}

/// Makes keys and pastes of what the terminal sends. Text inside a bracketed paste is never a key,
/// and a key the program does not know is nothing, not its single letters.
struct KeyDecoder {
  /// Scalars of a paste beyond which the rest is dropped.
  static let longestPaste = 1 << 20

  private enum Stage: Equatable {
    case keys
    /// Escape has come; what follows at once belongs to it.
    case escape
    /// Inside a control sequence (ECMA-48, section 5.4), until its final byte.
    case sequence
    /// Inside a sequence of so many more characters.
    case characters(Int)
    /// Inside a string, until its end; one that is an operating system command may be an answer.
    case string(isCommand: Bool)
    case paste
  }

  /// Characters of a sequence or a string beyond which it is taken for a mistake.
  private static let longestSequence = 256

  private static let pasteEnd = Array("\u{1B}[201~".unicodeScalars)

  private var stage = Stage.keys
  private var text = UTF8Decoder()
  /// What has come of a sequence or a string after its introducer.
  private var parameters = ""
  private var pasted: [Unicode.Scalar] = []
  /// What the terminal has said of itself since this was last emptied.
  var answers: [TerminalAnswer] = []

  /// The events that the input completes, in order; mostly one or none.
  mutating func decode(_ input: TerminalInput) -> [Event] {
    switch input {
    case .byte(let byte): text.decode(byte).compactMap { decode($0) }
    case .pause: flush().map { [$0] } ?? []
    case .key(let key): text.flush().compactMap { decode($0) } + decode(key)
    }
  }

  private mutating func decode(_ key: winch_key) -> [Event] {
    let event =
      switch key {
      case WINCH_KEY_PASTE_BEGIN: beginPaste()
      case WINCH_KEY_PASTE_END: endPaste()
      default: stage == .paste ? nil : press(key)
      }
    return event.map { [$0] } ?? []
  }

  /// Escape that nothing followed is the key. A paste goes on over pauses, and so does a sequence that
  /// a slow line has torn; one without any parameter was a key with Alt.
  private mutating func flush() -> Event? {
    switch stage {
    case .paste: return nil
    case .sequence, .string, .characters:
      if !parameters.isEmpty { return nil }
    case .keys, .escape: break
    }
    defer { stage = .keys }
    return stage == .escape ? .key(.escape) : nil
  }

  private mutating func beginPaste() -> Event? {
    stage = .paste
    pasted = []
    return nil
  }

  private mutating func endPaste() -> Event? {
    guard stage == .paste else { return nil }
    stage = .keys
    return .paste(String(String.UnicodeScalarView(pasted)).replacingReturns())
  }

  private mutating func press(_ key: winch_key) -> Event? {
    stage = .keys
    return Self.press(for: key).map(Event.key)
  }

  private mutating func decode(_ scalar: Unicode.Scalar) -> Event? {
    switch stage {
    case .paste: return decodeInPaste(scalar)
    case .keys:
      guard scalar != "\u{1B}" else {
        stage = .escape
        return nil
      }
      return Self.press(for: scalar).map(Event.key)
    case .escape: return decodeAfterEscape(scalar)
    case .sequence: return decodeInSequence(scalar)
    case .string(let isCommand):
      decodeInString(scalar, isCommand: isCommand)
      return nil
    case .characters(let count):
      stage = count > 1 ? .characters(count - 1) : .keys
      return nil
    }
  }

  /// ncurses does not know the end of a paste that a slow line has torn; it comes as its letters.
  private mutating func decodeInPaste(_ scalar: Unicode.Scalar) -> Event? {
    if pasted.count < Self.longestPaste { pasted.append(scalar) }
    guard scalar == "~", pasted.suffix(Self.pasteEnd.count) == Self.pasteEnd else { return nil }
    pasted.removeLast(Self.pasteEnd.count)
    return endPaste()
  }

  private mutating func decodeInSequence(_ scalar: Unicode.Scalar) -> Event? {
    switch scalar.value {
    case 0x20..<0x40 where parameters.utf8.count < Self.longestSequence:
      parameters.unicodeScalars.append(scalar)
      return nil
    case 0x1B:
      stage = .escape
      return nil
    default:
      stage = .keys
      return endSequence(scalar)
    }
  }

  private mutating func endSequence(_ final: Unicode.Scalar) -> Event? {
    if parameters.hasPrefix("<") {
      return MouseReport.event(parameters: String(parameters.dropFirst()), final: final)
        .map(Event.mouse)
    }
    // Torn as well, so that ncurses does not know it.
    if final == "~", parameters == "200" { return beginPaste() }
    // A mouse told in xterm's first way, which was not asked for: button, column and row follow.
    if final == "M", parameters.isEmpty { stage = .characters(3) }
    if let answer = TerminalAnswer(parameters: parameters, final: final) { answers.append(answer) }
    return nil
  }

  private mutating func decodeInString(_ scalar: Unicode.Scalar, isCommand: Bool) {
    switch scalar.value {
    case 0x07, 0x1B, 0x9C:
      // Escape and a backslash are one end together.
      stage = scalar.value == 0x1B ? .characters(1) : .keys
      if isCommand, let answer = TerminalAnswer(command: parameters) { answers.append(answer) }
    default:
      parameters.unicodeScalars.append(scalar)
      if parameters.utf8.count > Self.longestSequence { stage = .keys }
    }
  }

  private mutating func decodeAfterEscape(_ scalar: Unicode.Scalar) -> Event? {
    parameters = ""
    switch scalar {
    case "\u{1B}": return .key(.escape)
    case "[": stage = .sequence
    case "]": stage = .string(isCommand: true)
    case "P", "_", "^": stage = .string(isCommand: false)
    case "O": stage = .characters(1)
    // A key together with Alt. None has a meaning, least of all that of the key alone.
    default: stage = .keys
    }
    return nil
  }

  private static func press(for scalar: Unicode.Scalar) -> KeyPress? {
    switch scalar.value {
    case 0x0D, 0x0A: .enter
    case 0x09: .tab
    case 0x08, 0x7F: .backspace
    case 0x01...0x1A:
      .control(Character(Unicode.Scalar(UInt8(scalar.value) + UInt8(ascii: "a") - 1)))
    case 0x00..<0x20, 0x80..<0xA0: nil
    default: .character(Character(scalar))
    }
  }

  private static func press(for key: winch_key) -> KeyPress? {
    switch key {
    case WINCH_KEY_UP: .up
    case WINCH_KEY_DOWN: .down
    case WINCH_KEY_LEFT: .left
    case WINCH_KEY_RIGHT: .right
    case WINCH_KEY_HOME: .home
    case WINCH_KEY_END: .end
    case WINCH_KEY_PAGE_UP: .pageUp
    case WINCH_KEY_PAGE_DOWN: .pageDown
    case WINCH_KEY_BACKSPACE: .backspace
    case WINCH_KEY_DELETE: .delete
    case WINCH_KEY_ENTER: .enter
    case WINCH_KEY_BACK_TAB: .backTab
    case let key where key.rawValue > WINCH_KEY_FUNCTION.rawValue:
      .function(Int(key.rawValue - WINCH_KEY_FUNCTION.rawValue))
    default: nil
    }
  }
}

extension String {
  /// Terminals send the line ends of a paste as carriage returns.
  fileprivate func replacingReturns() -> String {
    var text = ""
    for character in self {
      text.append(character == "\r\n" || character == "\r" ? "\n" : character)
    }
    return text
  }
}
