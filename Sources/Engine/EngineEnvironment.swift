import Foundation

/// Time and chance as the engine sees them, so that tests can rule both.
struct EngineEnvironment: Sendable {
  var now: @Sendable () -> Date = { Date() }
  /// Steady time for speeds and intervals.
  var instant: @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
  /// Pauses between attempts; throws `CancellationError` as soon as the task is cancelled.
  var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  /// A random number from 0 to 1 that spreads retries.
  var jitter: @Sendable () -> Double = { Double.random(in: 0...1) }
}
