import ComfyAPI
import Foundation

/// The speed that transfers may have. It outlives the engine.
extension Engine {
  public func limits() -> TransferLimits {
    TransferLimits(bytesPerSecond: rateLimit.bytesPerSecond)
  }

  /// Takes effect at once, also for what is under way.
  ///
  /// - Throws: `invalidRequest` for a limit below `TransferLimits.least`.
  public func setLimits(_ limits: TransferLimits) async throws(EngineError) -> TransferLimits {
    if let wanted = limits.bytesPerSecond, wanted < TransferLimits.least {
      throw EngineError(
        .invalidRequest, code: "INVALID_LIMIT",
        message: "'bytes_per_second' should be null or at least \(TransferLimits.least).",
        field: "bytes_per_second")
    }
    try await EngineError.translating { try await store.setLimit(limits.bytesPerSecond) }
    rateLimit.bytesPerSecond = limits.bytesPerSecond
    return limits
  }
}
