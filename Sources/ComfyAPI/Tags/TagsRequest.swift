/// Tags to add to an asset or to take from it; at least one.
public struct TagsRequest: Sendable, Equatable, Codable, ContractRequest {
  public var tags: [String]

  public init(tags: [String]) { self.tags = tags }

  public static var fieldNames: Set<String> { CodingKeys.names }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case tags
  }
}

/// What became of each tag of a request.
public struct TagsModificationResponse: Sendable, Equatable, Codable {
  public var added: [String]?
  public var alreadyPresent: [String]?
  public var removed: [String]?
  public var notPresent: [String]?
  /// All tags of the asset from now on.
  public var totalTags: [String]

  public init(
    added: [String]? = nil, alreadyPresent: [String]? = nil, removed: [String]? = nil,
    notPresent: [String]? = nil, totalTags: [String]
  ) {
    self.added = added
    self.alreadyPresent = alreadyPresent
    self.removed = removed
    self.notPresent = notPresent
    self.totalTags = totalTags
  }

  private enum CodingKeys: String, CodingKey {
    case added, removed
    case alreadyPresent = "already_present"
    case notPresent = "not_present"
    case totalTags = "total_tags"
  }
}
