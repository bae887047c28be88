import Foundation

/// A limit of speed that somebody has set by hand.
public struct ManualLimit: Sendable, Equatable {
  /// Nil for no limit.
  public var bytesPerSecond: Int64?
  public var setAt: Date

  public init(bytesPerSecond: Int64?, setAt: Date) {
    self.bytesPerSecond = bytesPerSecond
    self.setAt = setAt
  }
}

/// The limit that holds at a time.
public struct HeldLimit: Sendable, Equatable {
  /// Nil for no limit.
  public var bytesPerSecond: Int64?
  /// Whether the schedule says so, or else somebody's hand.
  public var isScheduled: Bool
  /// When the schedule speaks next; nil where there is none.
  public var until: Date?

  public init(bytesPerSecond: Int64?, isScheduled: Bool, until: Date?) {
    self.bytesPerSecond = bytesPerSecond
    self.isScheduled = isScheduled
    self.until = until
  }
}
