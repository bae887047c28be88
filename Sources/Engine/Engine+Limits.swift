import ComfyAPI
import Foundation

/// The speed that transfers may have. It outlives the engine.
extension Engine {
  /// What all transfers together may take.
  public func limits() -> TransferLimits {
    TransferLimits(bytesPerSecond: rateLimit.bytesPerSecond)
  }

  /// Takes effect at once, also for what is under way.
  ///
  /// - Throws: `invalidRequest` for a limit below `TransferLimits.least`.
  public func setLimits(_ limits: TransferLimits) async throws(EngineError) -> TransferLimits {
    try Self.check(limits)
    try await EngineError.translating { try await store.setLimit(limits.bytesPerSecond) }
    rateLimit.bytesPerSecond = limits.bytesPerSecond
    return limits
  }

  /// What one task may take.
  ///
  /// - Throws: `notFound`.
  public func limits(of id: String) throws(EngineError) -> TransferLimits {
    TransferLimits(bytesPerSecond: try record(id).speedLimit)
  }

  /// Limits one task, besides what holds for all: at once, also when it is under way, and in all of its
  /// later attempts.
  ///
  /// - Throws: `invalidRequest` for a limit below `TransferLimits.least`; `notFound`; `conflict` when
  ///   the task has ended.
  public func setLimits(
    _ limits: TransferLimits, of id: String
  ) async throws(EngineError) -> TransferLimits {
    try Self.check(limits)
    let task = try await hold(id, code: "TASK_HAS_ENDED", hint: "Retry it first.") {
      $0.speedLimit = limits.bytesPerSecond
    }
    taskLimits[id]?.bytesPerSecond = task.speedLimit
    return TransferLimits(bytesPerSecond: task.speedLimit)
  }

  private static func check(_ limits: TransferLimits) throws(EngineError) {
    guard let wanted = limits.bytesPerSecond, wanted < TransferLimits.least else { return }
    throw EngineError(
      .invalidRequest, code: "INVALID_LIMIT",
      message: "'bytes_per_second' should be null or at least \(TransferLimits.least).",
      field: "bytes_per_second")
  }

  /// What the bytes of a task that begins must pass, whichever of its connections brings them.
  func beginLimits(of task: TaskRecord) -> [RateLimit] {
    let own = RateLimit()
    own.bytesPerSecond = task.speedLimit
    taskLimits[task.id] = own
    return [rateLimit, own]
  }
}
