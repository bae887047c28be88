/// What a terminal can do, and what follows from it for the screen.
public struct TerminalHealth: Sendable, Equatable {
  /// Whether standard output is one.
  public var isTerminal: Bool
  /// `TERM`; empty where it is unset.
  public var term: String
  /// Whether terminfo describes it.
  public var isKnown: Bool
  /// Columns and rows; nil where there is no terminal.
  public var size: (columns: Int, rows: Int)?
  /// Of the description; nil where there is none.
  public var colors: Int?
  /// Whether `NO_COLOR` is set.
  public var refusesColors: Bool
  /// What of `LC_ALL`, `LC_CTYPE` and `LANG` holds; empty for none.
  public var locale: String
  /// Whether the system has that locale.
  public var isLocaleInstalled: Bool
  /// Its character encoding, such as `UTF-8`.
  public var encoding: String

  public init(
    isTerminal: Bool, term: String, isKnown: Bool, size: (columns: Int, rows: Int)?, colors: Int?,
    refusesColors: Bool, locale: String, isLocaleInstalled: Bool, encoding: String
  ) {
    self.isTerminal = isTerminal
    self.term = term
    self.isKnown = isKnown
    self.size = size
    self.colors = colors
    self.refusesColors = refusesColors
    self.locale = locale
    self.isLocaleInstalled = isLocaleInstalled
    self.encoding = encoding
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.isTerminal == right.isTerminal && left.term == right.term
      && left.isKnown == right.isKnown && left.size?.columns == right.size?.columns
      && left.size?.rows == right.size?.rows && left.colors == right.colors
      && left.refusesColors == right.refusesColors && left.locale == right.locale
      && left.isLocaleInstalled == right.isLocaleInstalled && left.encoding == right.encoding
  }

  public var checks: [HealthCheck] { [terminal, colorCheck, localeCheck] }

  /// The screen is whole from here on (see `Layout`); below it leaves things out.
  private static let comfortable = (columns: 40, rows: 12)

  private var terminal: HealthCheck {
    let name = "terminal"
    guard isTerminal else {
      return HealthCheck(
        name, .skipped, "Standard output is no terminal, so the queue is printed, not drawn.")
    }
    guard term != "dumb" else {
      return HealthCheck(
        name, .warning, "TERM is dumb: the screen cannot be drawn, all other commands work.",
        remedy: "Open it in a terminal emulator, or over ssh -t.")
    }
    guard isKnown else {
      return HealthCheck(
        name, .failed,
        term.isEmpty ? "TERM is not set." : "This machine has no description of TERM=\(term).",
        remedy: "Install ncurses-term, or try TERM=xterm-256color winch.")
    }
    guard let size else { return HealthCheck(name, .ok, "\(term), of unknown size") }
    let text = "\(term), \(size.columns)x\(size.rows)"
    guard size.columns >= Self.comfortable.columns, size.rows >= Self.comfortable.rows else {
      return HealthCheck(
        name, .warning, text + ": so small that the screen leaves things out.",
        remedy:
          "From \(Self.comfortable.columns)x\(Self.comfortable.rows) on everything has a place.")
    }
    return HealthCheck(name, .ok, text)
  }

  private var colorCheck: HealthCheck {
    let name = "colours"
    if refusesColors { return HealthCheck(name, .ok, "none, because NO_COLOR is set") }
    guard let colors, isKnown, term != "dumb" else {
      return HealthCheck(name, .skipped, "Nothing says how many the terminal has.")
    }
    guard colors >= 8 else {
      return HealthCheck(
        name, .warning, "The terminal has none by its description; states are told by signs.",
        remedy: "Most terminals are xterm-256color.")
    }
    guard colors >= 256 else {
      return HealthCheck(
        name, .ok, "\(colors), enough for the dark theme; others and pictures want 256")
    }
    return HealthCheck(name, .ok, colors > 256 ? "24 bits" : "256")
  }

  private var localeCheck: HealthCheck {
    let name = "locale"
    let shown = locale.isEmpty ? "none" : locale
    guard isLocaleInstalled else {
      return HealthCheck(
        name, .warning, "The locale \(shown) is not installed here, so names may be drawn as ?.",
        remedy: "Use one that locale -a lists, such as LC_ALL=C.UTF-8.")
    }
    let plain = encoding.lowercased().filter { $0 != "-" }
    guard plain == "utf8" else {
      return HealthCheck(
        name, .warning, "The locale \(shown) is \(encoding), not UTF-8: names may be drawn as ?.",
        remedy: "Set LC_ALL=C.UTF-8.")
    }
    return HealthCheck(name, .ok, "\(shown), UTF-8")
  }
}
