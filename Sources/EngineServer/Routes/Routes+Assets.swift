import ComfyAPI
import Engine
import HTTPTypes
import Hummingbird

extension Routes {
  func addAssets(to router: Router<BasicRequestContext>) {
    router.path("/api/assets", [.get: listAssets, .post: createAsset])
    router.path("/api/assets/download", [.post: download])
    router.path("/api/assets/remote-metadata", [.get: remoteMetadata])
    router.path("/api/assets/tags/refine", [.get: countTags])
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
  private func countTags(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let parameters = try RequestParameters(request)
    return try .json(
      await engine.tagCounts(try AssetQuery(parameters, mostRows: 1000, rows: 100)))
  }

  @Sendable
  private func readAsset(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    try .json(await engine.asset(try context.id("id")))
  }

  @Sendable
  private func updateAsset(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let id = try context.id("id")
    return try .json(await engine.update(id, try await Self.body(AssetUpdate.self, of: request)))
  }

  @Sendable
  private func deleteAsset(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let deletesFile = try RequestParameters(request).boolean("delete_file") ?? false
    try await engine.deleteAsset(try context.id("id"), deletesFile: deletesFile)
    return Response(status: .noContent)
  }

  @Sendable
  private func addTags(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let id = try context.id("id")
    return try .json(await engine.addTags(try await Self.tags(in: request), to: id))
  }

  @Sendable
  private func removeTags(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let id = try context.id("id")
    return try .json(await engine.removeTags(try await Self.tags(in: request), from: id))
  }

  @Sendable
  private func download(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let place = try Self.queuePlace(of: request)
    switch try await engine.download(
      try await Self.body(AssetDownloadRequest.self, of: request), at: place)
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
    let hash = try context.text("hash")
    guard hash.hasPrefix("blake3:"), ContentHash.isValid(hash) else {
      throw Refusal.badHash("hash")
    }
    return Response(status: try await engine.hasContent(hash: hash) ? .ok : .notFound)
  }

  private static func queuePlace(of request: Request) throws(Refusal) -> QueuePlace? {
    guard let text = request.headers[.queuePlace] else { return nil }
    guard let place = QueuePlace(headerText: text) else {
      throw .invalid(
        QueuePlace.header, "'\(QueuePlace.header)' should be a UUID, '/' and a number.",
        code: "INVALID_HEADER")
    }
    return place
  }

  private static func tags(in request: Request) async throws -> [String] {
    let tags = try await body(TagsRequest.self, of: request).tags
    guard !tags.isEmpty else {
      throw Refusal.invalid("tags", "'tags' should hold at least one tag.", code: "INVALID_BODY")
    }
    return tags
  }
}

extension HTTPField.Name {
  // The name is a valid token.
  fileprivate static let queuePlace = HTTPField.Name(QueuePlace.header)!
}
