/// Why the screen cannot be opened.
public struct TerminalError: Error, Sendable, Equatable {
  /// What is missing and what to do, for people.
  public let message: String
}

extension TerminalError {
  /// Nil when a screen can be drawn there. Checked beforehand: ncurses itself ends the process.
  ///
  /// - Parameters:
  ///   - term: the environment's `TERM`.
  ///   - isKnown: whether terminfo describes a terminal of that name.
  static func checking(
    isInputTerminal: Bool, isOutputTerminal: Bool, term: String?, isKnown: (String) -> Bool
  ) -> TerminalError? {
    guard isInputTerminal, isOutputTerminal else {
      return TerminalError(message: "The screen needs a terminal for its input and output.")
    }
    guard let term, !term.isEmpty else {
      return TerminalError(
        message: "The screen needs to know the terminal: TERM is not set. Try TERM=xterm-256color.")
    }
    guard term != "dumb" else {
      return TerminalError(message: "The screen cannot be drawn on a dumb terminal (TERM=dumb).")
    }
    guard isKnown(term) else {
      return TerminalError(
        message: "This machine does not know the terminal that TERM names. "
          + "Try TERM=xterm-256color.")
    }
    return nil
  }
}
