/// One page of tasks.
public struct TasksListResponse: Sendable, Equatable, Codable {
  public var tasks: [TaskEntry]
  public var pagination: PaginationInfo

  public init(tasks: [TaskEntry], pagination: PaginationInfo) {
    self.tasks = tasks
    self.pagination = pagination
  }
}

/// Where a page lies in the whole list.
public struct PaginationInfo: Sendable, Equatable, Codable {
  public var offset: Int
  public var limit: Int
  public var total: Int
  public var hasMore: Bool

  public init(offset: Int, limit: Int, total: Int, hasMore: Bool) {
    self.offset = offset
    self.limit = limit
    self.total = total
    self.hasMore = hasMore
  }

  private enum CodingKeys: String, CodingKey {
    case offset, limit, total
    case hasMore = "has_more"
  }
}
