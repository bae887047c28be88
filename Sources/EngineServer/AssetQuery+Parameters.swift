import ComfyAPI
import Engine

extension AssetQuery {
  private static let mostTags = 100

  /// The filter, order and page that the parameters of a listing ask for.
  ///
  /// - Throws: 400 that names the parameter.
  init(
    _ parameters: RequestParameters, mostRows: Int = 500, rows: Int = 20
  ) throws(Refusal) {
    self.init()
    allTags = try Self.tags("tags_all", formerly: "include_tags", parameters)
    anyTags = try Self.tags("tags_any", formerly: nil, parameters)
    noTags = try Self.tags("tags_none", formerly: "exclude_tags", parameters)
    nameContains = parameters.text("name_contains")
    metadata = try Self.metadata(parameters)
    hash = parameters.text("hash")
    if let hash, !ContentHash.isValid(hash) { throw .badHash("hash") }
    let words = Sort.allCases.map(\.rawValue)
    sort = try parameters.choice("sort", of: words).flatMap(Sort.init) ?? .createdAt
    ascending = try parameters.choice("order", of: ["asc", "desc"]) == "asc"
    limit = try parameters.number("limit", from: 1, through: mostRows) ?? rows
    offset = try parameters.offset()
    // There are no assets but the user's own.
    _ = try parameters.boolean("include_public")
    after = try cursor(parameters.text("after"))
  }

  private func cursor(_ text: String?) throws(Refusal) -> AssetCursor? {
    guard let text else { return nil }
    guard sort != .lastAccessTime, let cursor = AssetCursor(text), cursor.fits(self) else {
      throw .invalid("after", "'after' is no cursor of a listing in this order.")
    }
    return cursor
  }

  private static func tags(
    _ name: String, formerly old: String?, _ parameters: RequestParameters
  ) throws(Refusal) -> [String] {
    let isNew = parameters.text(name) != nil
    let isOld = old.map { parameters.text($0) != nil } ?? false
    guard !(isNew && isOld) else {
      throw .invalid(
        name, "'\(name)' and '\(old ?? "")' mean the same: give one of them.",
        code: "INVALID_TAG_FILTER")
    }
    let tags = parameters.list(isOld ? old ?? name : name)
    guard tags.count <= mostTags else {
      throw .invalid(
        name, "'\(name)' holds more than \(mostTags) tags.", code: "INVALID_TAG_FILTER")
    }
    return tags
  }

  private static func metadata(
    _ parameters: RequestParameters
  ) throws(Refusal) -> [String: JSONValue] {
    guard let text = parameters.text("metadata_filter") else { return [:] }
    let values = try? WireFormat.decode([String: JSONValue].self, from: text.utf8)
    guard let values, values.values.allSatisfy(\.isScalar), values.count <= mostTags else {
      throw .invalid(
        "metadata_filter", "'metadata_filter' should be a JSON object of plain values.")
    }
    return values
  }
}

extension JSONValue {
  fileprivate var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}
