import Dispatch
import Foundation

/// What a command waits for while others do the work: it can be left, and goes on.
enum Waiting {
  /// Runs the body to its end. The first SIGINT or SIGTERM says what goes on and ends the waiting; a second
  /// one ends the process at once.
  ///
  /// - Parameters:
  ///   - display: ended on every way out; nil where nothing is drawn.
  ///   - farewell: what goes on without the command, and how to come back to it.
  /// - Throws: `CommandExit` with status 130 at a signal, and what the body throws.
  static func forEnd<Value: Sendable>(
    showing display: (any LiveDisplay)?, farewell: @autoclosure @escaping @Sendable () -> [String],
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let interrupts = Interrupts {
      display?.endAtOnce()
      _exit(ExitStatus.interrupted.rawValue)
    }
    let continued = DispatchSource.makeSignalSource(signal: SIGCONT, queue: .global())
    continued.setEventHandler { @Sendable in display?.drawAnew() }
    continued.resume()
    defer {
      continued.cancel()
      display?.end()
    }
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask { try await body() }
      group.addTask {
        guard await interrupts.first() != nil, !Task.isCancelled else { return nil }
        // Said before anything else is waited for.
        display?.end()
        farewell().forEach(StandardError.write)
        return nil
      }
      defer { group.cancelAll() }
      guard let value = try await group.next() ?? nil else {
        throw CommandExit(.interrupted)
      }
      return value
    }
  }
}
