import ComfyAPI
import Engine
import Foundation
import Hummingbird

extension Routes {
  func addAssets(to router: Router<BasicRequestContext>) {
    router.path("/api/assets", [.get: listAssets])
    router.path("/api/assets/download", [.post: download])
    router.path("/api/assets/remote-metadata", [.get: remoteMetadata])
    router.path("/api/assets/from-hash", [.post: createFromHash])
    router.path("/api/assets/hash/:hash", [.head: checkHash])
    router.path("/api/assets/:id", [.get: readAsset, .put: updateAsset, .delete: deleteAsset])
    router.path("/api/assets/:id/tags", [.post: addTags, .delete: removeTags])
    router.path("/api/assets/:id/content", [.get: readContent])
  }

  @Sendable
  private func listAssets(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.assets(try AssetQuery(try RequestParameters(request))))
  }

  @Sendable
  private func readAsset(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.asset(try context.assetID))
  }

  @Sendable
  private func updateAsset(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let id = try context.assetID
    return try .json(await engine.update(id, try await Self.body(AssetUpdate.self, of: request)))
  }

  @Sendable
  private func deleteAsset(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try await engine.deleteAsset(try context.assetID)
    return Response(status: .noContent)
  }

  @Sendable
  private func addTags(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let id = try context.assetID
    return try .json(await engine.addTags(try await Self.tags(in: request), to: id))
  }

  @Sendable
  private func removeTags(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let id = try context.assetID
    return try .json(await engine.removeTags(try await Self.tags(in: request), from: id))
  }

  @Sendable
  private func download(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    switch try await engine.download(
      try await Self.body(AssetDownloadRequest.self, of: request))
    {
    case .asset(let created): return try .json(created)
    case .task(let response): return try .json(response, status: .accepted)
    }
  }

  @Sendable
  private func remoteMetadata(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    guard let url = try RequestParameters(request).text("url"), !url.isEmpty else {
      throw Refusal.invalid("url", "'url' is missing.", code: "INVALID_URL")
    }
    return try .json(await engine.remoteMetadata(url: url))
  }

  @Sendable
  private func createFromHash(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let order = try await Self.body(AssetFromHash.self, of: request)
    guard ContentHash.isValid(order.hash) else { throw Refusal.badHash("hash") }
    guard !order.tags.isEmpty else {
      throw Refusal.invalid("tags", "'tags' should hold at least one tag.", code: "INVALID_BODY")
    }
    let created = try await engine.createAsset(fromHash: order)
    return try .json(created, status: created.createdNew ? .created : .ok)
  }

  @Sendable
  private func checkHash(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let hash = try context.parameters.require("hash")
    guard hash.hasPrefix("blake3:"), ContentHash.isValid(hash) else {
      throw Refusal.badHash("hash")
    }
    return Response(status: try await engine.hasContent(hash: hash) ? .ok : .notFound)
  }

  private static func tags(in request: Request) async throws -> [String] {
    let tags = try await body(TagsRequest.self, of: request).tags
    guard !tags.isEmpty else {
      throw Refusal.invalid("tags", "'tags' should hold at least one tag.", code: "INVALID_BODY")
    }
    return tags
  }
}

extension BasicRequestContext {
  /// The asset that the path names.
  ///
  /// - Throws: 400 for what is no UUID.
  var assetID: String {
    get throws {
      guard let id = UUID(uuidString: try parameters.require("id")) else {
        throw Refusal.invalid("id", "The id of an asset is a UUID.")
      }
      return id.uuidString.lowercased()
    }
  }
}

extension AssetQuery {
  private static let mostTags = 100

  /// - Throws: 400 that names the parameter.
  fileprivate init(_ parameters: RequestParameters) throws(Refusal) {
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
    limit = try parameters.number("limit", from: 1, through: 500) ?? 20
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

/// The spelling of content hashes in the contract.
enum ContentHash {
  /// `blake3:` or `sha256:` and 64 lower-case hex digits.
  static func isValid(_ text: String) -> Bool {
    guard text.hasPrefix("blake3:") || text.hasPrefix("sha256:") else { return false }
    let digits = text.utf8.dropFirst(7)
    return digits.count == 64
      && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

extension Refusal {
  static func badHash(_ field: String) -> Refusal {
    .invalid(field, "A hash is blake3: or sha256: and 64 lower-case hex digits.")
  }
}
