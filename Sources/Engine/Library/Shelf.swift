import ComfyAPI
import Foundation
import Origins

/// Content that is stored already, or stands in the models tree without our doing.
struct Shelf: Sendable {
  let store: Store
  let library: Library
  let now: Date

  /// A stored file with the content that a source offers, preferably in the folder and under the name
  /// asked for.
  func find(
    _ file: ResolvedFile, folder: String?, name: String? = nil
  ) async throws -> AssetRecord? {
    let sha256 = file.hashes.sha256
    var found = try await find(
      identity: file.identity, sha256: sha256, folder: folder, name: name)
    if found?.isFound == true, found?.sha256 == sha256 { found?.verified = true }
    return found
  }

  /// A stored file with the content of this SHA-256, preferably in a folder.
  func find(sha256: String, folder: String) async throws -> AssetRecord? {
    try await find(identity: nil, sha256: sha256, folder: folder)
  }

  private func find(
    identity: String?, sha256: String?, folder: String?, name: String? = nil
  ) async throws -> AssetRecord? {
    let known = try store.assets(identity: identity, sha256: sha256)
    let present = try await Disk.run { known.filter { !$0.isDamaged && library.holds($0) } }
    if let name, let asset = present.first(where: { $0.stands(in: folder, as: name) }) {
      return asset
    }
    let asset =
      present.first { $0.folder == folder && !$0.isFound } ?? present.first { $0.folder == folder }
      ?? present.first { !$0.isFound } ?? present.first
    if let asset { return asset }
    return try await unlisted(sha256: sha256)
  }

  /// Gives a stored file the name and folder a task asks for. The new record is not saved yet.
  func secondName(of found: AssetRecord, for task: TaskRecord) async throws -> AssetRecord {
    var asset = try await secondName(
      of: found, folder: task.folder ?? found.folder, name: task.name)
    asset.sourceURL = task.url
    asset.identity = task.identity
    asset.tags = task.assetTags
    asset.metadata = task.assetMetadata
    asset.userMetadata = task.userMetadata
    asset.previewID = task.previewID
    return asset
  }

  /// Gives a stored file another name. The new record is not saved yet.
  func secondName(
    of found: AssetRecord, folder: String, name: String
  ) async throws -> AssetRecord {
    let path = try await Disk.run {
      try library.place(
        folder: folder, name: name, source: library.absolute(found.path), sha256: found.sha256,
        bind: Library.linkIn)
    }
    var asset = found
    asset.sequence = nil
    asset.id = UUID().uuidString.lowercased()
    try asset.take(path: path, library: library)
    asset.createdAt = now
    asset.updatedAt = now
    return asset
  }
}

extension AssetRecord {
  /// Whether it has the folder and the name that somebody wants; nil for what they leave open.
  func stands(in folder: String?, as name: String?) -> Bool {
    let fileName = path.split(separator: "/").last.map(String.init)
    return (folder ?? self.folder) == self.folder && (name ?? fileName) == fileName
  }

  /// The record of a file that has just got its name.
  ///
  /// - Throws: `DiskError` when the file is gone again.
  init(
    task: TaskRecord, path: String, library: Library, hashes: ContentHashes, verified: Bool,
    now: Date
  ) throws(DiskError) {
    id = UUID().uuidString.lowercased()
    name = task.name
    folder = ""
    self.path = path
    blake3 = hashes.blake3
    sha256 = hashes.sha256
    size = 0
    modificationTime = 0
    self.verified = verified
    sourceURL = task.url
    identity = task.identity
    tags = task.assetTags
    metadata = task.assetMetadata
    userMetadata = task.userMetadata
    previewID = task.previewID
    createdAt = now
    updatedAt = now
    try take(path: path, library: library)
  }

  /// Takes over where a file stands and how it looks.
  ///
  /// - Throws: `DiskError` when it is not there.
  mutating func take(path: String, library: Library) throws(DiskError) {
    let absolute = library.absolute(path)
    guard let status = Disk.status(absolute) else { throw .last("read", absolute) }
    let components = path.split(separator: "/").map(String.init)
    self.path = path
    name = components.last ?? name
    folder = components.dropLast().joined(separator: "/")
    size = status.size
    modificationTime = status.modificationTime
  }
}
