import ComfyAPI
import Downloads
import Foundation

/// The speed that transfers may have. What clients set outlives the engine.
extension Engine {
  /// What all transfers together may take now, who said so, and until when.
  public func limits() -> TransferLimits {
    let held = applyLimit()
    let byHand = manualLimit == nil ? nil : LimitSetter.client
    return TransferLimits(
      bytesPerSecond: held.bytesPerSecond, setBy: held.isScheduled ? .schedule : byHand,
      until: held.until)
  }

  /// Takes effect at once, also for what is under way, and holds until the schedule speaks next; where
  /// there is none, for good.
  ///
  /// - Throws: `invalidRequest` for a limit below `TransferLimits.least`.
  public func setLimits(_ limits: TransferLimits) async throws(EngineError) -> TransferLimits {
    try Self.check(limits)
    let manual = ManualLimit(bytesPerSecond: limits.bytesPerSecond, setAt: environment.now())
    try await EngineError.translating { try await store.setLimit(manual) }
    manualLimit = manual
    return self.limits()
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

/// The schedule.
extension Engine {
  /// Lets the limits of the schedule hold in their times until the calling task is cancelled.
  func followSchedule() async {
    while !Task.isCancelled {
      let until = applyLimit().until
      let seconds = until?.timeIntervalSince(environment.now()) ?? Self.longestWait
      try? await Task.sleep(for: .seconds(min(max(seconds, Self.shortestWait), Self.longestWait)))
    }
  }

  /// Seconds: the clock may be set, and a machine that slept wakes up at another time.
  private static let longestWait = 30.0
  private static let shortestWait = 0.1

  /// Lets the limit hold that is due now.
  @discardableResult
  func applyLimit() -> HeldLimit {
    let held = configuration.limitSchedule.limit(at: environment.now(), manual: manualLimit)
    if rateLimit.bytesPerSecond != held.bytesPerSecond {
      rateLimit.bytesPerSecond = held.bytesPerSecond
      logger.info("the limit is \(SpeedText.text(ofLimit: held.bytesPerSecond))")
    }
    return held
  }
}
