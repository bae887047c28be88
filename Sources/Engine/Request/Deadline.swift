/// A bound on how long something may take.
enum Deadline {
  struct Passed: Error {}

  /// Runs work and cancels it once the time is over.
  ///
  /// - Throws: `Passed` when the time is over, else what the work throws.
  static func run<Value: Sendable>(
    within time: Duration, _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
      group.addTask { try await work() }
      group.addTask {
        try await Task.sleep(for: time)
        throw Passed()
      }
      defer { group.cancelAll() }
      guard let first = try await group.next() else { throw CancellationError() }
      return first
    }
  }
}
