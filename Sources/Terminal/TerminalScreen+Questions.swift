import CTerminal
import Interface

/// Asking the terminal what no description tells. Nothing waits for the answers: they come between
/// the keys, or never.
extension TerminalScreen {
  /// How long after a question an answer is still worth waiting for.
  private static let patience = Duration.seconds(2)
  /// How long it is waited for at the most.
  private static let longestWait = Duration.milliseconds(200)

  /// Before the first frame, which wipes off what a terminal that does not understand a question may
  /// have printed.
  func ask() {
    guard traits.canBeAsked else { return }
    let isBackgroundKnown = capabilities.background != nil || capabilities.colors == 0
    winch_terminal_send(
      ControlSequence.questions(aboutBackground: !isBackgroundKnown))
    askedAt = .now
  }

  func take(_ answer: TerminalAnswer) {
    switch answer {
    case .background(let background): continuation.yield(.background(background))
    case .synchronizes(let synchronizes): self.synchronizes = synchronizes
    case .attributes: askedAt = nil
    }
  }

  /// Reads the answers that are on their way, before the terminal is somebody else's: there they
  /// would be taken for what the user types.
  func awaitAnswers() {
    guard isDrawable, let asked = askedAt else { return }
    let end = min(asked + Self.patience, .now + Self.longestWait)
    while askedAt != nil, case let left = ContinuousClock.now.duration(to: end), left > .zero {
      guard winch_terminal_wait(Int32(left / .milliseconds(1)) + 1) else { break }
      readInput()
    }
    if askedAt != nil, asked + Self.patience > .now { winch_terminal_discard_input() }
    askedAt = nil
  }
}
