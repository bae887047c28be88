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
  /// Bytes that can still be written on the filesystem of a path; nil where it does not say.
  var freeBytes: @Sendable (String) -> Int64? = { Disk.freeBytes($0) }
  /// How often the models' disk is looked at while somebody waits for it or writes to it.
  var diskInterval = Duration.seconds(2)
}
