extension KeyPress {
  /// What the key is called on the screen.
  func name(isUnicode: Bool) -> String {
    switch self {
    case .up where isUnicode: "↑"
    case .down where isUnicode: "↓"
    case .left where isUnicode: "←"
    case .right where isUnicode: "→"
    default: name
    }
  }

  /// What the key is called in ASCII, on the screen and in the configuration.
  public var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "^" + character.uppercased()
    case .function(let number): "F\(number)"
    default: Self.names.first { $0.key == self }?.name ?? ""
    }
  }

  /// Reads a name as the configuration has it: `d`, `^D` or `Ctrl-D`, `Space`, `Enter`, `F5`.
  /// Nil for what is no key.
  public init?(name: String) {
    let word = name.lowercased()
    if let named = Self.names.first(where: { $0.name.lowercased() == word }) {
      self = named.key
    } else if word == "space" {
      self = .character(" ")
    } else if name.count == 1, let character = name.first, character.isPrintable {
      self = .character(character)
    } else if let letter = Self.controlled(word) {
      self = .control(letter)
    } else if word.first == "f", let number = Int(word.dropFirst()), (1...12).contains(number) {
      self = .function(number)
    } else {
      return nil
    }
  }

  /// The letter held down with Ctrl. `^I`, `^J` and `^M` are Tab and Enter to every terminal.
  private static func controlled(_ word: String) -> Character? {
    for prefix in ["^", "ctrl-", "ctrl+", "c-"] where word.hasPrefix(prefix) {
      let rest = word.dropFirst(prefix.count)
      guard rest.count == 1, let letter = rest.first, ("a"..."z").contains(letter),
        !"ijm".contains(letter)
      else { return nil }
      return letter
    }
    return nil
  }

  private static let names: [(name: String, key: KeyPress)] = [
    ("Enter", .enter), ("Tab", .tab), ("Shift-Tab", .backTab), ("Esc", .escape),
    ("Backspace", .backspace), ("Del", .delete), ("Up", .up), ("Down", .down), ("Left", .left),
    ("Right", .right), ("Home", .home), ("End", .end), ("PgUp", .pageUp), ("PgDn", .pageDown),
  ]
}

extension Character {
  fileprivate var isPrintable: Bool {
    !isWhitespace && !unicodeScalars.contains { $0.value < 0x20 }
  }
}
