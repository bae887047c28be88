/// Which tags to list.
public struct TagQuery: Sendable, Equatable {
  public var prefix = ""
  /// By name when true, else the most used first.
  public var sortsByName = false
  /// 1 to 1000.
  public var limit = 100
  public var offset = 0

  public init() {}
}
