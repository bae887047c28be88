import Downloads

/// A line of text with styles, for terminals outside of the screen and for files.
public struct StyledLine: Sendable, Equatable {
  private struct Part: Sendable, Equatable {
    var text: String
    var style: Style
  }

  private var parts: [Part] = []

  init() {}

  init(_ text: String, _ style: Style = .standard) { append(text, style) }

  /// Text from outside is made harmless here.
  mutating func append(_ text: String, _ style: Style = .standard) {
    guard !text.isEmpty else { return }
    parts.append(Part(text: PlainText.sanitized(text), style: style))
  }

  mutating func append(_ line: StyledLine) { parts += line.parts }

  /// The characters alone.
  public var text: String { parts.map(\.text).joined() }

  /// Columns of a terminal.
  public var columns: Int { parts.reduce(0) { $0 + TextWidth.columns(of: $1.text) } }

  /// The characters with the sequences that choose colours and attributes (ECMA-48, SGR).
  public var styledText: String {
    parts.map { part in
      let codes = part.style.codes
      return codes.isEmpty
        ? part.text : "\u{1B}[\(codes.joined(separator: ";"))m\(part.text)\u{1B}[m"
    }.joined()
  }
}

extension Style {
  fileprivate var codes: [String] {
    let attributes = [(isBold, "1"), (isDim, "2"), (isUnderlined, "4"), (isReversed, "7")]
    return attributes.filter(\.0).map(\.1) + foreground.codes(after: "3")
      + background.codes(after: "4")
  }
}

extension Color {
  /// - Parameter digit: `3` for the foreground, `4` for the background.
  fileprivate func codes(after digit: String) -> [String] {
    switch self {
    case .standard: []
    case .black: [digit + "0"]
    case .red: [digit + "1"]
    case .green: [digit + "2"]
    case .yellow: [digit + "3"]
    case .blue: [digit + "4"]
    case .magenta: [digit + "5"]
    case .cyan: [digit + "6"]
    case .white: [digit + "7"]
    case .palette(let index): [digit + "8", "5", "\(index)"]
    case .rgb(let red, let green, let blue): [digit + "8", "2", "\(red)", "\(green)", "\(blue)"]
    }
  }
}
