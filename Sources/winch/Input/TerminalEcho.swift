import Foundation

/// Whether a terminal shows what is typed.
struct TerminalEcho {
  private let descriptor: Int32
  private let original: termios

  /// Nil when the descriptor is no terminal.
  init?(_ descriptor: Int32) {
    var state = termios()
    guard tcgetattr(descriptor, &state) == 0 else { return nil }
    self.descriptor = descriptor
    original = state
  }

  /// Shows nothing from here on, and hands over whole lines.
  func hide() {
    var state = original
    state.c_lflag &= ~tcflag_t(ECHO | ECHOE | ECHOK | ECHONL)
    state.c_lflag |= tcflag_t(ICANON | ISIG)
    state.c_iflag |= tcflag_t(ICRNL)
    set(state)
  }

  func restore() { set(original) }

  /// What was typed and not read is thrown away: half a key must not reach the shell, which would
  /// show it.
  private func set(_ state: termios) {
    var state = state
    while tcsetattr(descriptor, TCSAFLUSH, &state) != 0, errno == EINTR {}
  }
}
