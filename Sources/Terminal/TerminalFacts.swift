import CTerminal

/// What terminfo and the system's locales say of a terminal, without touching it.
public struct TerminalFacts: Sendable, Equatable {
  /// Whether terminfo describes it.
  public let isKnown: Bool
  /// Of the description; nil where there is none.
  public let colors: Int?
  /// Whether lines can be drawn over with the usual sequences (ECMA-48, CUU and EL).
  public let redrawsLines: Bool
  /// Whether the system has the locale that the environment names.
  public let isLocaleInstalled: Bool
  /// Its character encoding, such as `UTF-8`.
  public let encoding: String

  /// Not while a screen is open: both speak with ncurses.
  ///
  /// - Parameter term: `TERM`.
  public init(term: String) {
    isKnown = !term.isEmpty && winch_terminal_is_known(term)
    colors = isKnown ? Int(winch_terminal_known_colors()) : nil
    redrawsLines = isKnown && winch_terminal_known_redraws_lines()
    isLocaleInstalled = winch_terminal_has_locale()
    _ = winch_terminal_set_locale("")
    encoding = String(cString: winch_terminal_encoding())
  }

  /// Name and version of the library that draws.
  public static var library: String { String(cString: winch_terminal_library()) }
}
