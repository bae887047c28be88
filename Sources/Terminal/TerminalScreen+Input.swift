import CTerminal
import Dispatch
import Interface

extension TerminalScreen {
  /// Reads in a row after which others get their turn: a flood of input must not keep the screen
  /// from being drawn.
  private static let mostReads = 4096

  func readInput() {
    guard isDrawable else { return }
    var reads = 0
    while reads < Self.mostReads, let input = Self.read() {
      reads += 1
      for event in decoder.decode(input) { continuation.yield(event) }
    }
    takeAnswers()
    guard reads < Self.mostReads else { return readLater() }
    for event in decoder.decode(.pause) { continuation.yield(event) }
    if reads == 0, winch_terminal_input_has_ended() { endInput() }
  }

  private func takeAnswers() {
    for answer in decoder.answers { take(answer) }
    decoder.answers = []
  }

  /// ncurses may hold input of its own, for which the source does not fire.
  private func readLater() {
    DispatchQueue.main.async { [weak self] in MainActor.assumeIsolated { self?.readInput() } }
  }

  private static func read() -> TerminalInput? {
    var value: UInt32 = 0
    switch winch_terminal_read(&value) {
    case WINCH_READ_BYTE: return .byte(UInt8(truncatingIfNeeded: value))
    case WINCH_READ_KEY: return .key(winch_key(rawValue: value))
    default: return nil
    }
  }
}
