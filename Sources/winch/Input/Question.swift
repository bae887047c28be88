import Downloads
import Foundation

/// Asks on the terminal before something is done that cannot be taken back.
struct Question {
  /// As it is typed; it takes `--yes`.
  let command: String
  /// What is said of a no, without its full stop.
  let refusal: String

  /// Returns after a yes.
  ///
  /// - Throws: `CommandExit` after everything else, and where there is no terminal to ask on.
  func ask(_ question: String) throws {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw CommandExit(
        .usage, "\(refusal): without a terminal to ask on, \(command) needs --yes.")
    }
    StandardError.prompt(question + " [y/N] ")
    guard ["y", "yes"].contains(readLine()?.trimmingSpaces().lowercased()) else {
      throw CommandExit(.downloadFailed, refusal + ".")
    }
  }
}
