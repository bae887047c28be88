import Dispatch
import Foundation

/// Asks for a line on the terminal without showing it.
///
/// The terminal shows what is typed again on every way out: the line, its end, a signal, and while
/// the program is suspended.
struct HiddenLine {
  let prompt: String
  let echo: TerminalEcho

  private enum Event: Sendable {
    case input([UInt8])
    case signal(Int32)
  }

  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP]

  /// - Throws: `CommandExit` when a signal asked to end.
  func read() async throws -> [UInt8] {
    let interrupts = Interrupts(Self.signals)
    // From here on they end the program again.
    defer { for number in Self.signals { signal(number, SIG_DFL) } }
    let (events, continuation) = AsyncStream.makeStream(of: Event.self)
    let watch = Task {
      while let number = await interrupts.first() { continuation.yield(.signal(number)) }
    }
    let input = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .global())
    input.setEventHandler { @Sendable in continuation.yield(.input(Self.line())) }
    defer {
      watch.cancel()
      input.cancel()
    }
    ask()
    defer { stopAsking() }
    input.resume()
    for await event in events {
      switch event {
      case .input(let bytes): return bytes
      case .signal(SIGTSTP):
        stopAsking()
        raise(SIGSTOP)
        ask()
      case .signal: throw CommandExit(.interrupted, "Nothing was stored.")
      }
    }
    return []
  }

  private func ask() {
    echo.hide()
    try? FileHandle.standardError.write(contentsOf: Data(prompt.utf8))
  }

  /// The line end that was typed was not shown either.
  private func stopAsking() {
    echo.restore()
    StandardError.write("")
  }

  /// What the terminal has ready: a whole line, or nothing at the end of the input.
  private static func line() -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 8192)
    let count = Foundation.read(STDIN_FILENO, &buffer, buffer.count)
    return Array(buffer.prefix(max(0, count)))
  }
}
