import ComfyAPI
import Downloads
import Foundation

/// Taking files that clients send.
extension Engine {
  /// Makes an asset of the bytes that `receive` adds to the file it is given. Whatever happens to
  /// them, nothing is left in the work folder.
  ///
  /// Content that is stored already gets a second name in another folder; in the same one, its asset
  /// takes the tags and metadata.
  ///
  /// - Parameter receive: returns what the client says of the file.
  /// - Throws: what `receive` throws; `unprocessable` for bad tags and a full disk; `invalidRequest`
  ///   for other bad fields, an empty file, and content with another hash than announced.
  public func createAsset(
    receiving receive: @Sendable (UploadFile) async throws -> AssetUpload
  ) async throws -> AssetCreated {
    let file = UploadFile(library: library, reservedBytes: configuration.reservedBytes)
    do {
      try await EngineError.translating { try await file.open() }
      let order = try UploadOrder(try await receive(file))
      let created = try await storeInTurn(file, order)
      await file.remove()
      return created
    } catch {
      await file.remove()
      throw error
    }
  }

  /// Uploads are stored one after the other: those of the same content, or with the same id, must
  /// see each other.
  private func storeInTurn(
    _ file: UploadFile, _ order: UploadOrder
  ) async throws(EngineError) -> AssetCreated {
    let earlier = lastUpload
    let turn = Task { () -> Result<AssetCreated, EngineError> in
      await earlier?.value
      do throws(EngineError) {
        return .success(try await store(file, order))
      } catch {
        return .failure(error)
      }
    }
    lastUpload = Task { _ = await turn.value }
    return try await turn.value.get()
  }

  private func store(
    _ file: UploadFile, _ order: UploadOrder
  ) async throws(EngineError) -> AssetCreated {
    let hashes = await file.hashes
    guard await file.size > 0 else {
      throw EngineError(
        .invalidRequest, code: "EMPTY_UPLOAD", message: "The file is empty.", field: "file")
    }
    try check(order, hashes)
    return try await EngineError.translating {
      try await file.sync()
      let shelf = Shelf(store: store, library: library, now: environment.now())
      let found = try await shelf.find(sha256: hashes.sha256, folder: order.folder)
      if var found, found.folder == order.folder {
        found.merge(tags: order.tags, userMetadata: order.userMetadata)
        found.mimeType = order.mimeType ?? found.mimeType
        found.previewID = order.previewID ?? found.previewID
        found.updatedAt = environment.now()
        return AssetCreated(asset: try await store.save(found).asset, createdNew: false)
      }
      let asset = try await shelf.place(file, order, hashes, besides: found)
      let saved = try await store.save(asset)
      logger.info("uploaded", metadata: ["path": "\(saved.path)"])
      return AssetCreated(asset: saved.asset, createdNew: saved.id == asset.id)
    }
  }

  private func check(_ order: UploadOrder, _ hashes: ContentHashes) throws(EngineError) {
    if let hash = order.hash,
      hash != "blake3:" + hashes.blake3, hash != "sha256:" + hashes.sha256
    {
      throw EngineError(
        .invalidRequest, code: "HASH_MISMATCH",
        message: "The received bytes have another hash than the form says.", field: "hash",
        hint: "Send the file again; if this happens again, the hash is that of another file.")
    }
    try EngineError.translating {
      if let id = order.id, try store.asset(id) != nil {
        throw EngineError(
          .invalidRequest, code: "ASSET_ID_UNAVAILABLE",
          message: "Another asset has this id.", field: "id")
      }
      if let preview = order.previewID, try store.asset(preview) == nil {
        throw EngineError(
          .invalidRequest, code: "INVALID_PREVIEW_ID",
          message: "There is no asset of this id to show.", field: "preview_id")
      }
    }
  }
}
