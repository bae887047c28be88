/// One page of assets.
public struct ListAssetsResponse: Sendable, Equatable, Codable {
  public var assets: [Asset]
  /// How many assets match in all.
  public var total: Int
  public var hasMore: Bool
  /// Where the next page begins, for the same sort and order; nil on the last page.
  public var nextCursor: String?

  public init(assets: [Asset], total: Int, hasMore: Bool, nextCursor: String? = nil) {
    self.assets = assets
    self.total = total
    self.hasMore = hasMore
    self.nextCursor = nextCursor
  }

  private enum CodingKeys: String, CodingKey {
    case assets, total
    case hasMore = "has_more"
    case nextCursor = "next_cursor"
  }
}
