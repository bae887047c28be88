import ComfyAPI
import Foundation

/// Which assets to list, and in which order.
public struct AssetQuery: Sendable, Equatable {
  public enum Sort: String, Sendable, Codable, CaseIterable {
    case name
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case size
    case lastAccessTime = "last_access_time"
  }

  /// Every tag must be there.
  public var allTags: [String] = []
  /// At least one must be there; empty means any.
  public var anyTags: [String] = []
  /// None may be there.
  public var noTags: [String] = []
  /// Part of the name, whatever the case of ASCII letters.
  public var nameContains: String?
  /// Values that the user's metadata, or else the source's, must have. Strings, numbers, booleans
  /// and null.
  public var metadata: [String: JSONValue] = [:]
  /// `blake3:` or `sha256:` and the digits.
  public var hash: String?
  public var sort = Sort.createdAt
  public var ascending = false
  /// 1 to 500.
  public var limit = 20
  /// Passed over when there is a cursor.
  public var offset = 0
  public var after: AssetCursor?

  public init() {}
}

/// The last asset of a page: the next page begins behind it, whatever is added meanwhile.
public struct AssetCursor: Sendable, Equatable {
  let sort: AssetQuery.Sort
  let ascending: Bool
  let value: JSONValue
  let sequence: Int64

  /// Nil for a text that no page has given out.
  public init?(_ text: String) {
    guard let data = Data(base64Encoded: text),
      let fields = try? JSONDecoder().decode([JSONValue].self, from: data), fields.count == 4,
      let sort = fields[0].string.flatMap(AssetQuery.Sort.init),
      case .bool(let ascending) = fields[1], case .integer(let sequence) = fields[3]
    else { return nil }
    self.init(sort: sort, ascending: ascending, value: fields[2], sequence: sequence)
  }

  init(sort: AssetQuery.Sort, ascending: Bool, value: JSONValue, sequence: Int64) {
    self.sort = sort
    self.ascending = ascending
    self.value = value
    self.sequence = sequence
  }

  /// Opaque to clients.
  public var text: String {
    let fields: [JSONValue] = [
      .string(sort.rawValue), .bool(ascending), value, .integer(sequence),
    ]
    return ((try? WireFormat.encode(fields)).map { Data($0) } ?? Data()).base64EncodedString()
  }

  /// True when the cursor belongs to a listing in this order.
  public func fits(_ query: AssetQuery) -> Bool {
    sort == query.sort && ascending == query.ascending
  }
}
