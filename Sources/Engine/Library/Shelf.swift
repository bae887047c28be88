import ComfyAPI
import Foundation
import Origins

/// Content that is stored already.
struct Shelf: Sendable {
  let store: Store
  let library: Library
  let now: Date

  /// A stored file with the content that a source offers, preferably in the folder asked for.
  func find(_ file: ResolvedFile, folder: String?) async throws -> AssetRecord? {
    let known = try store.assets(identity: file.identity, sha256: file.hashes.sha256)
    guard !known.isEmpty else { return nil }
    let present = try await Disk.run { known.filter(library.holds) }
    return present.first { $0.folder == folder } ?? present.first
  }

  /// Gives a stored file the name and folder a task asks for. The new record is not saved yet.
  func secondName(of found: AssetRecord, for task: TaskRecord) async throws -> AssetRecord {
    let path = try await Disk.run {
      try library.place(
        folder: task.folder ?? found.folder, name: task.name, source: library.absolute(found.path),
        sha256: found.sha256, bind: Library.linkIn)
    }
    return try AssetRecord(
      task: task, path: path, library: library,
      hashes: ContentHashes(sha256: found.sha256, blake3: found.blake3),
      verified: found.verified, now: now)
  }
}

extension AssetRecord {
  /// The record of a file that has just got its name.
  ///
  /// - Throws: `DiskError` when the file is gone again.
  init(
    task: TaskRecord, path: String, library: Library, hashes: ContentHashes, verified: Bool,
    now: Date
  ) throws(DiskError) {
    let absolute = library.absolute(path)
    guard let status = Disk.status(absolute) else { throw .last("read", absolute) }
    let components = path.split(separator: "/").map(String.init)
    id = UUID().uuidString.lowercased()
    name = components.last ?? task.name
    folder = components.dropLast().joined(separator: "/")
    self.path = path
    blake3 = hashes.blake3
    sha256 = hashes.sha256
    size = status.size
    modificationTime = status.modificationTime
    self.verified = verified
    sourceURL = task.url
    identity = task.identity
    tags = task.assetTags
    metadata = task.assetMetadata
    userMetadata = task.userMetadata
    previewID = task.previewID
    createdAt = now
    updatedAt = now
  }
}
