import ComfyAPI
import Foundation
import GRDB

/// Listing and counting assets.
extension Store {
  /// One page of assets and how many match in all. The page has one asset more than its limit when
  /// there is a next one.
  func assets(_ query: AssetQuery) throws -> (page: [AssetRecord], total: Int) {
    let condition = AssetCondition(query)
    let order = query.ascending ? "ASC" : "DESC"
    let column = query.sort.column
    var page = condition
    if let after = query.after {
      let comparison = query.ascending ? ">" : "<"
      page.require(
        "(\(column), sequence) \(comparison) (?, ?)", [after.value.databaseValue, after.sequence])
    }
    let offset = query.after == nil ? query.offset : 0
    let sql = """
      SELECT * FROM assets WHERE \(page.sql)
      ORDER BY \(column) \(order), sequence \(order) LIMIT \(query.limit + 1) OFFSET \(offset)
      """
    return try pool.read { database in
      let rows = try AssetRecord.fetchAll(
        database, sql: sql, arguments: StatementArguments(page.arguments))
      let total = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM assets WHERE \(condition.sql)",
        arguments: StatementArguments(condition.arguments))
      return (rows, total ?? 0)
    }
  }

  /// How many of the assets that match have each tag; the most used first, up to the query's limit.
  /// Order and page are not looked at.
  func tagCounts(_ query: AssetQuery) throws -> [TagInfo] {
    let condition = AssetCondition(query)
    let sql = """
      SELECT tag.value AS name, count(*) AS count FROM assets, json_each(assets.tags) AS tag
      WHERE \(condition.sql) GROUP BY tag.value ORDER BY 2 DESC, 1 ASC LIMIT \(query.limit)
      """
    return try pool.read { database in
      let rows = try Row.fetchAll(
        database, sql: sql, arguments: StatementArguments(condition.arguments))
      return rows.map { TagInfo(name: $0["name"], count: $0["count"]) }
    }
  }

  /// One page of the tags in use and how many there are in all.
  func tags(_ query: TagQuery) throws -> (page: [TagInfo], total: Int) {
    let tags = """
      SELECT value AS name, count(*) AS count FROM assets, json_each(assets.tags)
      WHERE substr(value, 1, length(?)) = ? GROUP BY value
      """
    let order = query.sortsByName ? "name ASC" : "count DESC, name ASC"
    return try pool.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: "\(tags) ORDER BY \(order) LIMIT \(query.limit) OFFSET \(query.offset)",
        arguments: [query.prefix, query.prefix])
      let total = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM (\(tags))", arguments: [query.prefix, query.prefix])
      return (rows.map { TagInfo(name: $0["name"], count: $0["count"]) }, total ?? 0)
    }
  }
}

/// The conditions of a listing as SQL; every value from outside is an argument.
private struct AssetCondition {
  private(set) var sql = "1"
  private(set) var arguments: [(any DatabaseValueConvertible)?] = []

  init(_ query: AssetQuery) {
    for tag in query.allTags { require("\(Self.hasTag) (value = ?))", [tag]) }
    if !query.anyTags.isEmpty {
      let marks = query.anyTags.map { _ in "?" }.joined(separator: ", ")
      require("\(Self.hasTag) (value IN (\(marks))))", query.anyTags)
    }
    for tag in query.noTags { require("NOT \(Self.hasTag) (value = ?))", [tag]) }
    if let part = query.nameContains, !part.isEmpty {
      require("instr(lower(assets.name), lower(?)) > 0", [part])
    }
    if let hash = query.hash { require(hash: hash) }
    for (key, value) in query.metadata { require(key, value) }
  }

  mutating func require(_ condition: String, _ values: [(any DatabaseValueConvertible)?]) {
    sql += " AND \(condition)"
    arguments += values
  }

  private static let hasTag = "EXISTS (SELECT 1 FROM json_each(assets.tags) WHERE"

  private mutating func require(hash: String) {
    let digits = String(hash.drop { $0 != ":" }.dropFirst())
    require(hash.hasPrefix("sha256:") ? "sha256 = ?" : "blake3 = ?", [digits])
  }

  /// The user's metadata hides the source's of the same key.
  private mutating func require(_ key: String, _ value: JSONValue) {
    let has = "EXISTS (SELECT 1 FROM json_each(assets.%) WHERE key = ? AND value IS ?)"
    let hasKey = "EXISTS (SELECT 1 FROM json_each(assets.userMetadata) WHERE key = ?)"
    let user = has.replacingOccurrences(of: "%", with: "userMetadata")
    let source = has.replacingOccurrences(of: "%", with: "metadata")
    let wanted = value.databaseValue
    require("(\(user) OR (NOT \(hasKey) AND \(source)))", [key, wanted, key, key, wanted])
  }
}

extension AssetQuery.Sort {
  /// Reading a file is not recorded, so that its last use is its last change.
  fileprivate var column: String {
    switch self {
    case .name: "name"
    case .createdAt: "createdAt"
    case .updatedAt, .lastAccessTime: "updatedAt"
    case .size: "size"
    }
  }

  func value(of asset: AssetRecord) -> JSONValue {
    switch self {
    case .name: .string(asset.name)
    case .createdAt: .number(asset.createdAt.timeIntervalSince1970)
    case .updatedAt, .lastAccessTime: .number(asset.updatedAt.timeIntervalSince1970)
    case .size: .integer(asset.size)
    }
  }
}

extension JSONValue {
  /// The value as SQLite's `json_each` gives it.
  fileprivate var databaseValue: (any DatabaseValueConvertible)? {
    switch self {
    case .null, .array, .object: nil
    case .bool(let value): value ? 1 : 0
    case .integer(let value): value
    case .number(let value): value
    case .string(let value): value
    }
  }
}
