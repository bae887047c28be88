/// One page of the tags in use.
public struct ListTagsResponse: Sendable, Equatable, Codable {
  public var tags: [TagInfo]
  public var total: Int
  public var hasMore: Bool

  public init(tags: [TagInfo], total: Int, hasMore: Bool) {
    self.tags = tags
    self.total = total
    self.hasMore = hasMore
  }

  private enum CodingKeys: String, CodingKey {
    case tags, total
    case hasMore = "has_more"
  }
}

/// A tag and how many assets have it.
public struct TagInfo: Sendable, Equatable, Codable {
  public var name: String
  public var count: Int

  public init(name: String, count: Int) {
    self.name = name
    self.count = count
  }
}
