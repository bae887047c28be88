import Foundation

extension Process {
  /// Starts the process and waits for its end, holding up no thread.
  ///
  /// - Returns: the exit status, or the number of the signal that ended it.
  /// - Throws: why it could not be started.
  public func runToEnd() async throws -> Int32 {
    try await withCheckedThrowingContinuation { continuation in
      terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try run()
      } catch {
        terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
  }
}
