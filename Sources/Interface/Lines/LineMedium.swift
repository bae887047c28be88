/// What lines are written to outside of the screen.
public struct LineMedium: Sendable, Equatable {
  /// Columns of the terminal; nil for files and pipes, which get every line whole and without colours.
  public var width: Int?
  /// Whether the terminal shows more than ASCII.
  public var isUnicode: Bool
  /// Whether styles are written; then the terminal has eight colours at least.
  public var isStyled: Bool
  public var theme: ThemeName

  public init(
    width: Int? = nil, isUnicode: Bool = true, isStyled: Bool = false, theme: ThemeName = .auto
  ) {
    self.width = width
    self.isUnicode = isUnicode
    self.isStyled = isStyled
    self.theme = theme
  }

  /// The line as it is written.
  public func text(of line: StyledLine) -> String { isStyled ? line.styledText : line.text }

  var isTerminal: Bool { width != nil }

  /// With the eight colours that every terminal has, whose shades are the user's.
  var styles: Theme { Theme(theme, Capabilities(isUnicode: isUnicode, colors: 8)) }

  var glyphs: Glyphs { Glyphs(isUnicode: isUnicode && isTerminal) }

  /// What the terminal will make of the text: measured before it is cut. Files get it as it is.
  func shown(_ text: String) -> String {
    guard isTerminal, !TextWidth.isPlain(text) else { return text }
    return isUnicode
      ? TextWidth.clusters(of: text).map(\.text).joined() : ASCIIText.text(text)
  }
}
