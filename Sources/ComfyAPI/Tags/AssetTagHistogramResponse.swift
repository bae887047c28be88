/// How many of the assets that match a filter have each tag.
public struct AssetTagHistogramResponse: Sendable, Equatable, Codable {
  public var tagCounts: [String: Int]

  public init(tagCounts: [String: Int]) { self.tagCounts = tagCounts }

  private enum CodingKeys: String, CodingKey {
    case tagCounts = "tag_counts"
  }
}
