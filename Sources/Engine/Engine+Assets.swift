import ComfyAPI
import Downloads
import Foundation

/// Reading and describing what is stored.
extension Engine {
  public func assets(_ query: AssetQuery) throws(EngineError) -> ListAssetsResponse {
    let (rows, total) = try EngineError.translating { try store.assets(query) }
    let page = Array(rows.prefix(query.limit))
    let hasMore = rows.count > query.limit
    let cursor = page.last.flatMap { last in
      last.sequence.map {
        AssetCursor(
          sort: query.sort, ascending: query.ascending, value: query.sort.value(of: last),
          sequence: $0)
      }
    }
    return ListAssetsResponse(
      assets: page.map(\.asset), total: total, hasMore: hasMore,
      nextCursor: hasMore ? cursor?.text : nil)
  }

  /// - Throws: `notFound`.
  public func asset(_ id: String) throws(EngineError) -> Asset { try assetRecord(id).asset }

  /// Changes what the user says of an asset. The file keeps its path.
  ///
  /// - Throws: `notFound`, also for a preview that is no asset; `invalidRequest` for a change without
  ///   a field or with bad values.
  public func update(_ id: String, _ change: AssetUpdate) async throws(EngineError) -> Asset {
    guard !change.isEmpty else {
      throw EngineError(
        .invalidRequest, code: "INVALID_BODY", message: "At least one field must be given.")
    }
    let change = try checked(change)
    return try await changeAsset(id) { asset in
      if let name = change.name { asset.name = name }
      if let mimeType = change.mimeType { asset.mimeType = mimeType }
      if let tags = change.tags { asset.tags = tags }
      if let metadata = change.userMetadata { asset.userMetadata = metadata }
      if let previewID = change.previewID { asset.previewID = previewID }
    }.asset
  }

  /// The contract has no 422 for a change.
  private func checked(_ change: AssetUpdate) throws(EngineError) -> AssetUpdate {
    var change = change
    do {
      change.name = try change.name.map(AssetRules.name)
      change.mimeType = try AssetRules.mimeType(change.mimeType)
      change.tags = try change.tags.map(AssetRules.tags)
      change.userMetadata = try change.userMetadata.map(AssetRules.metadata)
      change.previewID = try AssetRules.previewID(change.previewID)
    } catch {
      throw error.asInvalidRequest
    }
    if let preview = change.previewID { _ = try assetRecord(preview) }
    return change
  }

  /// Forgets an asset.
  ///
  /// - Parameter deletesFile: whether its file goes as well; other names of the same content stay.
  /// - Throws: `notFound`; `conflict` when the file to delete is no longer the one that was stored.
  public func deleteAsset(_ id: String, deletesFile: Bool = false) async throws(EngineError) {
    let asset = try assetRecord(id)
    if deletesFile { try await deleteFile(of: asset) }
    let library = library
    let isDeleted = try await EngineError.translating {
      let status = try await Disk.run { library.status(of: asset) }
      return try await store.deleteAsset(asset, leaving: status)
    }
    guard isDeleted else { throw .noAsset(id) }
  }

  /// A file that is gone already is fine.
  private func deleteFile(of asset: AssetRecord) async throws(EngineError) {
    let library = library
    let isOurs = try await EngineError.translating {
      try await Disk.run {
        let path = library.absolute(asset.path)
        guard Disk.status(path) != nil else { return true }
        guard library.holds(asset) else { return false }
        try Disk.remove(path)
        return true
      }
    }
    guard isOurs else {
      throw EngineError(
        .conflict, code: "FILE_CHANGED",
        message: "The file is no longer the one that was stored, so it was left alone.",
        hint: "Remove it by hand, or forget the asset alone.")
    }
  }

  /// - Throws: `notFound`; `unprocessable` for bad tags.
  public func addTags(
    _ tags: [String], to id: String
  ) async throws(EngineError) -> TagsModificationResponse {
    let tags = try AssetRules.tags(tags)
    let before = try assetRecord(id).tags
    let asset = try await changeAsset(id) { asset in
      asset.merge(tags: tags, userMetadata: [:])
    }
    return TagsModificationResponse(
      added: tags.filter { !before.contains($0) }, alreadyPresent: tags.filter(before.contains),
      totalTags: asset.tags)
  }

  /// - Throws: `notFound`; `unprocessable` for bad tags.
  public func removeTags(
    _ tags: [String], from id: String
  ) async throws(EngineError) -> TagsModificationResponse {
    let tags = try AssetRules.tags(tags)
    let before = try assetRecord(id).tags
    let asset = try await changeAsset(id) { $0.tags.removeAll(where: tags.contains) }
    return TagsModificationResponse(
      removed: tags.filter(before.contains), notPresent: tags.filter { !before.contains($0) },
      totalTags: asset.tags)
  }

  public func tags(_ query: TagQuery) throws(EngineError) -> ListTagsResponse {
    let (page, total) = try EngineError.translating { try store.tags(query) }
    return ListTagsResponse(
      tags: page, total: total, hasMore: query.offset + page.count < total)
  }

  /// How often each tag is in use among the assets that match; see `AssetQuery.limit`.
  public func tagCounts(_ query: AssetQuery) throws(EngineError) -> AssetTagHistogramResponse {
    let tags = try EngineError.translating { try store.tagCounts(query) }
    return AssetTagHistogramResponse(
      tagCounts: Dictionary(uniqueKeysWithValues: tags.map { ($0.name, $0.count) }))
  }

  /// Whether content with this hash (`blake3:` or `sha256:` and digits) is stored and still there.
  public func hasContent(hash: String) async throws(EngineError) -> Bool {
    try await storedContent(hash) != nil
  }

  /// An asset for content that is stored already: the one in the folder that the tags name, or a
  /// second name of it there.
  ///
  /// - Throws: `notFound` when no such content is stored; `unprocessable` for bad tags, metadata or
  ///   names.
  public func createAsset(fromHash request: AssetFromHash) async throws(EngineError) -> AssetCreated
  {
    let tags = try AssetRules.tags(request.tags)
    let metadata = try AssetRules.metadata(request.userMetadata ?? [:])
    let name = try request.name.map(AssetRules.name)
    let mimeType = try AssetRules.mimeType(request.mimeType)
    guard let found = try await storedContent(request.hash) else {
      throw EngineError(
        .notFound, code: "CONTENT_NOT_FOUND", message: "No content with this hash is stored.")
    }
    let folder = Folder(tags: tags)?.name ?? found.folder
    let shelf = Shelf(store: store, library: library, now: environment.now())
    return try await EngineError.translating {
      let isNew = folder != found.folder
      var asset =
        isNew
        ? try await shelf.secondName(of: found, folder: folder, name: name ?? found.name)
        : found
      asset.tags = isNew ? tags : asset.tags
      asset.mimeType = mimeType ?? asset.mimeType
      asset.merge(tags: tags, userMetadata: metadata)
      asset.updatedAt = environment.now()
      return AssetCreated(asset: try await store.save(asset).asset, createdNew: isNew)
    }
  }

  /// Where an asset's bytes are.
  ///
  /// - Throws: `notFound` when there is no such asset, or its file is gone or was changed.
  public func content(of id: String) async throws(EngineError) -> StoredContent {
    let record = try assetRecord(id)
    let library = library
    let isThere = try await EngineError.translating {
      try await Disk.run { !record.isDamaged && library.holds(record) }
    }
    guard isThere else {
      throw EngineError(
        .notFound, code: "CONTENT_NOT_FOUND",
        message: "The file of this asset is gone or was changed.")
    }
    return StoredContent(
      path: library.absolute(record.path), name: record.name, size: record.size,
      hash: record.blake3)
  }

  private func storedContent(_ hash: String) async throws(EngineError) -> AssetRecord? {
    var query = AssetQuery()
    query.hash = hash
    query.limit = 500
    let (rows, _) = try EngineError.translating { try store.assets(query) }
    let library = library
    return try await EngineError.translating {
      try await Disk.run { rows.first { !$0.isDamaged && library.holds($0) } }
    }
  }

  func assetRecord(_ id: String) throws(EngineError) -> AssetRecord {
    guard let asset = try EngineError.translating({ try store.asset(id) }) else {
      throw .noAsset(id)
    }
    return asset
  }

  private func changeAsset(
    _ id: String, _ change: @escaping @Sendable (inout AssetRecord) -> Void
  ) async throws(EngineError) -> AssetRecord {
    let now = environment.now()
    let changed = try await EngineError.translating {
      try await store.updateAsset(id) { asset in
        change(&asset)
        asset.updatedAt = now
      }
    }
    guard let changed else { throw .noAsset(id) }
    return changed
  }
}

/// A stored file that can be read.
public struct StoredContent: Sendable, Equatable {
  /// Absolute.
  public let path: String
  public let name: String
  /// In bytes.
  public let size: Int64
  /// BLAKE3, 64 hex digits.
  public let hash: String

  public init(path: String, name: String, size: Int64, hash: String) {
    self.path = path
    self.name = name
    self.size = size
    self.hash = hash
  }
}
