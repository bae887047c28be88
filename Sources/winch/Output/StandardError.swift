import Downloads
import Foundation
import Interface

/// Standard output and error, a line at a time. A write that fails is dropped: the reader is gone.
enum StandardError {
  /// Writes a line for people, made harmless for the terminal.
  static func write(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data((PlainText.sanitized(line) + "\n").utf8))
  }
}

extension StandardError {
  /// Writes a question, and leaves the cursor behind it.
  static func prompt(_ question: String) {
    try? FileHandle.standardError.write(contentsOf: Data(PlainText.sanitized(question).utf8))
  }
}

enum StandardOutput {
  /// Writes a line as it is: it must hold no text from outside that was not made harmless.
  static func write(_ line: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
  }

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether the reader of a pipe is gone, or the terminal.
  static var isAbandoned: Bool {
    var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
    return poll(&output, 1, 0) > 0 && output.revents & Int16(POLLERR | POLLHUP) != 0
  }

  /// Writes lines, whose text is harmless, as the terminal shows them best.
  static func write(_ lines: [StyledLine], _ settings: Settings) {
    let medium = OutputTerminal.output.medium(settings)
    for line in lines { write(medium.text(of: line)) }
  }
}
