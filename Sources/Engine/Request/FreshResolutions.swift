import Origins

/// What the source said when a download was asked for, so that one which begins at once need not ask
/// again: that would cost its host one more request, and the user the time of it.
struct FreshResolutions {
  struct Resolution: Sendable {
    var file: ResolvedFile
    /// What was asked on the way, and what came.
    var exchanges: [SourceExchange]
    fileprivate var time: ContinuousClock.Instant
  }

  /// What waits longer is asked again.
  private static let lifetime = Duration.seconds(30)
  /// More than these do not begin at once.
  private static let most = 16

  private var resolutions: [String: Resolution] = [:]

  mutating func keep(
    _ file: ResolvedFile, _ exchanges: [SourceExchange], of taskID: String,
    at now: ContinuousClock.Instant
  ) {
    resolutions = resolutions.filter { now - $0.value.time < Self.lifetime }
    guard resolutions.count < Self.most else { return }
    resolutions[taskID] = Resolution(file: file, exchanges: exchanges, time: now)
  }

  /// Nil when there is none, or it is too old.
  mutating func take(_ taskID: String, at now: ContinuousClock.Instant) -> Resolution? {
    guard let found = resolutions.removeValue(forKey: taskID), now - found.time < Self.lifetime
    else { return nil }
    return found
  }
}
