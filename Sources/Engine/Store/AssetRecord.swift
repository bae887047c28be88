import ComfyAPI
import Downloads
import Foundation
import GRDB

/// A row of `assets`: one name of a stored file.
struct AssetRecord: Codable, Sendable, Equatable, Identifiable {
  var sequence: Int64?
  var id: String
  var name: String
  var folder: String
  /// Path below the models root; unique.
  var path: String
  /// BLAKE3, 64 hex digits.
  var blake3: String
  /// SHA-256, 64 hex digits.
  var sha256: String
  var size: Int64
  /// Nanoseconds since 1970. With the size it tells whether the file is still the one that was
  /// hashed.
  var modificationTime: Int64
  /// Whether a published hash was compared and equal.
  var verified: Bool
  /// Empty for an upload.
  var sourceURL: String
  var identity: String?
  var tags: [String]
  var metadata: [String: JSONValue]
  var userMetadata: [String: JSONValue]
  var previewID: String?
  /// What clients say the file is; nil when nobody has.
  var mimeType: String?
  var createdAt: Date
  var updatedAt: Date
  /// When the file was last read again, whether it then had its hash, and what else was found; nil when
  /// it never was.
  var checkedAt: Date?
  var isIntact: Bool?
  var checkState: String?
}

extension AssetRecord {
  /// Takes the tags and metadata of another request for the same content; newer values win.
  mutating func merge(tags newTags: [String], userMetadata newer: [String: JSONValue]) {
    for tag in newTags where !tags.contains(tag) { tags.append(tag) }
    userMetadata.merge(newer) { _, new in new }
  }

  /// The asset as the contract shows it.
  var asset: Asset {
    var facts = metadata
    facts["sha256"] = .string(sha256)
    facts["verified"] = .bool(verified)
    facts["checked_at"] = checkedAt.map { .string(Timestamp.text(from: $0)) }
    facts["intact"] = isIntact.map(JSONValue.bool)
    facts["check"] = checkState.map(JSONValue.string)
    if !sourceURL.isEmpty { facts["source_url"] = .string(sourceURL) }
    return Asset(
      id: id, name: name, filePath: "models/" + path, loaderPath: loaderPath,
      hash: "blake3:" + blake3, size: size, mimeType: mimeType, tags: tags, metadata: facts,
      userMetadata: userMetadata, previewURL: previewURL, previewID: previewID,
      createdAt: createdAt, updatedAt: updatedAt)
  }

  /// The path without its first folder, which is what a loader node is for. Nil where no loader
  /// looks.
  private var loaderPath: String? {
    guard folder != Library.uploadsFolder, !folder.isEmpty else { return nil }
    return path.split(separator: "/").dropFirst().joined(separator: "/")
  }

  /// Where the picture of this asset is read, below the engine's address.
  private var previewURL: String? {
    previewID.map { "/api/assets/\($0)/content?disposition=inline" }
  }
}

extension AssetRecord: StoredRecord {
  static let databaseTableName = "assets"

  mutating func didInsert(_ inserted: InsertionSuccess) { sequence = inserted.rowID }

  enum Columns {
    static let sequence = Column(CodingKeys.sequence)
    static let id = Column(CodingKeys.id)
    static let path = Column(CodingKeys.path)
    static let sha256 = Column(CodingKeys.sha256)
    static let identity = Column(CodingKeys.identity)
  }
}
