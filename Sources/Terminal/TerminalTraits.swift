/// What kind of terminal this is, beyond what terminfo says of it: which commands it understands
/// that have no capability, and what stands between it and the program.
struct TerminalTraits: Equatable {
  /// What runs inside of the terminal and passes on only what it knows.
  enum Multiplexer: Equatable { case none, tmux, screen }

  /// How a notification is asked for, beside the bell.
  enum NotificationStyle: Equatable {
    /// `OSC 9`, of iTerm2 and most since.
    case text
    /// `OSC 777`, of rxvt-unicode, foot and the terminals of GNOME.
    case titleAndText
  }

  let multiplexer: Multiplexer
  /// Takes operating system commands (ECMA-48, 8.3.89), and leaves out those it does not know.
  let takesCommands: Bool
  /// Whether questions go to what draws the screen, and nothing but its answers comes back: GNU
  /// screen passes on some of either.
  let canBeAsked: Bool
  /// Nil where there is but the bell.
  let notificationStyle: NotificationStyle?

  /// - Parameter environment: `TERM`, `TMUX`, `STY`, `TERM_PROGRAM`, `LC_TERMINAL` and `VTE_VERSION`
  ///   are looked at. Only `TERM` comes along with SSH, mostly.
  init(environment: [String: String]) {
    let term = environment["TERM"] ?? ""
    multiplexer = Self.multiplexer(term, environment)
    takesCommands = Self.families.contains { term.hasPrefix($0) }
    let isInScreen = multiplexer == .screen || environment["STY"]?.isEmpty == false
    canBeAsked = takesCommands && !isInScreen
    notificationStyle = takesCommands ? Self.notificationStyle(term, environment) : nil
  }

  var hasMouse: Bool { takesCommands }

  var hasClipboard: Bool { takesCommands }

  /// GNU screen would take the window's title for a line of its own.
  var hasTitle: Bool { takesCommands && multiplexer != .screen }

  /// Sent when the terminal is taken.
  var enterSequence: String {
    ControlSequence.bracketedPasteOn + (hasTitle ? ControlSequence.keepTitle : "")
  }

  /// Sent when it is given back, whatever it has been asked for since.
  var leaveSequence: String {
    (hasTitle ? ControlSequence.giveTitleBack : "") + (hasMouse ? ControlSequence.mouseOff : "")
      + ControlSequence.bracketedPasteOff + (canBeAsked ? ControlSequence.updateEnd : "")
  }

  /// Starts of the names of terminals that understand what xterm does.
  private static let families = [
    "xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "wezterm", "ghostty",
    "konsole", "gnome", "vte", "st-", "contour", "mintty", "putty", "mlterm", "nsterm", "iterm",
    "rio", "terminology",
  ]

  private static func multiplexer(_ term: String, _ environment: [String: String]) -> Multiplexer {
    if environment["TMUX"]?.isEmpty == false || term.hasPrefix("tmux") { return .tmux }
    return term.hasPrefix("screen") ? .screen : .none
  }

  private static func notificationStyle(
    _ term: String, _ environment: [String: String]
  ) -> NotificationStyle {
    let titled = ["rxvt", "foot", "gnome", "vte"]
    if titled.contains(where: { term.hasPrefix($0) }) { return .titleAndText }
    return environment["VTE_VERSION"]?.isEmpty == false ? .titleAndText : .text
  }
}
