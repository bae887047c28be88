import Foundation

extension Shelf {
  /// Gives an upload its name: as a second one of content that is stored elsewhere, else its first.
  /// The record is not saved yet.
  func place(
    _ file: UploadFile, _ order: UploadOrder, _ hashes: ContentHashes, besides found: AssetRecord?
  ) async throws -> AssetRecord {
    var asset =
      if let found {
        try await secondName(of: found, folder: order.folder, name: order.fileName)
      } else {
        try await firstName(file, order, hashes)
      }
    if let id = order.id { asset.id = id }
    if let name = order.name { asset.name = name }
    asset.tags = order.tags
    asset.userMetadata = order.userMetadata
    asset.previewID = order.previewID
    asset.mimeType = order.mimeType
    asset.verified = asset.verified || order.hash != nil
    return asset
  }

  private func firstName(
    _ file: UploadFile, _ order: UploadOrder, _ hashes: ContentHashes
  ) async throws -> AssetRecord {
    let path = try await Disk.run {
      try library.place(
        folder: order.folder, name: order.fileName, source: file.path, sha256: hashes.sha256,
        bind: Library.moveIn)
    }
    var asset = AssetRecord(
      id: UUID().uuidString.lowercased(), name: order.fileName, folder: order.folder, path: path,
      blake3: hashes.blake3, sha256: hashes.sha256, size: 0, modificationTime: 0, verified: false,
      sourceURL: "", tags: [], metadata: [:], userMetadata: [:], createdAt: now, updatedAt: now)
    try asset.take(path: path, library: library)
    return asset
  }
}
