import ComfyAPI

/// What reading a stored file again has shown.
public enum AssetFinding: String, Sendable, CaseIterable {
  /// It is what was stored, and that was compared with what its source publishes.
  case ok
  /// It is what was stored, but nobody has published what it should be.
  case unverified
  /// It has another content than what was stored.
  case changed
  case missing
  case unreadable

  /// Nil while a check has not ended, and for an end that only a newer backend knows.
  ///
  /// - Parameter isVerified: whether a published hash was compared when the file was stored.
  public init?(_ state: AssetCheck.State, isVerified: Bool) {
    switch state {
    case .intact: self = isVerified ? .ok : .unverified
    case .damaged: self = .changed
    case .missing: self = .missing
    case .unreadable: self = .unreadable
    default: return nil
    }
  }

  /// Whether something must be done about it.
  public var isWrong: Bool {
    switch self {
    case .changed, .missing, .unreadable: true
    case .ok, .unverified: false
    }
  }

  /// Whether fetching it again helps.
  public var isRepairable: Bool { self == .changed || self == .missing }
}
