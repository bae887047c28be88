import ComfyAPI
import Foundation

/// Which tasks to list.
public struct TaskQuery: Sendable, Hashable {
  /// Empty means all.
  public var statuses: [TaskStatus]
  /// Exact; nil means any.
  public var taskName: String?
  /// Exact; nil means any.
  public var idempotencyKey: String?
  /// Made later than this, or earlier.
  public var createdAfter: Date?
  public var createdBefore: Date?
  /// 1 to 100; other numbers are brought into this range.
  public var limit: Int
  public var offset: Int
  /// Oldest first when true.
  public var ascending: Bool

  public init(
    statuses: [TaskStatus] = [], limit: Int = 20, offset: Int = 0, ascending: Bool = false
  ) {
    self.statuses = statuses
    self.limit = min(max(limit, 1), 100)
    self.offset = max(offset, 0)
    self.ascending = ascending
  }
}
