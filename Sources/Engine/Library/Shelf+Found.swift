import ComfyAPI
import Downloads
import Foundation

/// Files that somebody else put into the models tree.
extension Shelf {
  /// A file with this content that is there and was taken off the list. The record is new, and not
  /// saved yet.
  func unlisted(sha256: String?) async throws -> AssetRecord? {
    guard let sha256 else { return nil }
    let known = try store.files(sha256: sha256)
    let present = try await Disk.run { known.first { $0.isThere(in: library) } }
    guard let present, let hashes = present.hashes else { return nil }
    return AssetRecord(found: present, hashes, now: now)
  }

  /// A found file under the name and in the folder that a task asks for: itself, else a second name
  /// of it. The record is not saved yet.
  func claim(_ found: AssetRecord, for task: TaskRecord) async throws -> AssetRecord {
    var task = task
    task.folder = task.folder ?? (found.folder.isEmpty ? nil : found.folder)
    guard found.name == task.name, found.folder == task.targetFolder else {
      return try await secondName(of: found, for: task)
    }
    var asset = found
    asset.sourceURL = task.url
    asset.identity = task.identity
    asset.metadata.merge(task.metadata) { _, new in new }
    asset.previewID = task.previewID ?? asset.previewID
    asset.merge(tags: task.tags, userMetadata: task.userMetadata)
    asset.updatedAt = now
    return asset
  }
}

extension AssetRecord {
  private static let foundKey = "found"

  /// The record of a file that somebody else put into the tree.
  init(found file: SeenFile, _ hashes: ContentHashes, now: Date) {
    let components = file.path.split(separator: "/").map(String.init)
    id = UUID().uuidString.lowercased()
    name = components.last ?? file.path
    folder = components.dropLast().joined(separator: "/")
    path = file.path
    blake3 = hashes.blake3
    sha256 = hashes.sha256
    size = file.size
    modificationTime = file.modificationTime
    verified = false
    sourceURL = ""
    // ComfyUI's own scanner makes no tags of folders within folders either.
    tags =
      ["models"] + (Folder(folder)?.name.split(separator: "/").first.map { [String($0)] } ?? [])
    metadata = [Self.foundKey: true]
    userMetadata = [:]
    createdAt = now
    updatedAt = now
  }

  /// True for a file that somebody else put into the tree and nobody has asked for since.
  var isFound: Bool { metadata[Self.foundKey] == true && sourceURL.isEmpty }

  /// Takes over that somebody has put another file under the path.
  mutating func take(_ file: SeenFile, _ hashes: ContentHashes, now: Date) {
    sha256 = hashes.sha256
    blake3 = hashes.blake3
    size = file.size
    modificationTime = file.modificationTime
    verified = false
    checkedAt = nil
    isIntact = nil
    checkState = nil
    updatedAt = now
  }
}
