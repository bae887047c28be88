import CTerminal
import Interface

extension TerminalScreen {
  /// Asks the terminal for what differs from what it has been asked for.
  func apply(_ wanted: TerminalModes) {
    guard isDrawable, modes != wanted else { return }
    if traits.hasMouse, modes.hasMouse != wanted.hasMouse {
      winch_terminal_send(wanted.hasMouse ? ControlSequence.mouseOn : ControlSequence.mouseOff)
    }
    if traits.hasTitle, modes.title != wanted.title {
      // The title of before is taken from where it is kept, and kept there again.
      winch_terminal_send(
        wanted.title.map(sequences.title)
          ?? ControlSequence.giveTitleBack + ControlSequence.keepTitle)
    }
    modes = wanted
  }

  /// Puts text into the clipboard of the machine that the user sits at. A terminal that does not let
  /// programs do that says nothing.
  ///
  /// - Returns: false when it cannot be: the terminal has no such command, or the text has more than
  ///   74,994 bytes.
  public func copy(_ text: String) -> Bool {
    guard isDrawable, let sequence = sequences.copy(text) else { return false }
    winch_terminal_send(sequence)
    return true
  }

  /// Rings, and says why where the terminal can tell it.
  public func notify(_ notification: DesktopNotification) {
    guard isDrawable else { return }
    winch_terminal_send(sequences.notification(notification))
  }
}
