import ComfyAPI
import Foundation

/// A stored file as the library shows it. Its texts are harmless for the terminal.
public struct LibraryAsset: Sendable, Equatable, Identifiable {
  public var id: String
  public var name: String
  /// Folder below the models root; nil where neither path nor tags tell.
  public var folder: String?
  /// `models/…`; nil where the backend does not tell.
  public var path: String?
  /// `blake3:` and digits.
  public var hash: String?
  public var sha256: String?
  /// In bytes.
  public var size: Int64?
  /// Those that the user gave; those that only say where the file belongs are left out.
  public var tags: [String]
  /// The model it is made for: what the user says of it, else what the source said.
  public var baseModel: String?
  public var license: String?
  public var triggerWords: [String]
  /// Where the file came from.
  public var sourceURL: String?
  /// What the source said of the file.
  public var metadata: [String: JSONValue]
  public var userMetadata: [String: JSONValue]
  public var previewID: String?
  /// Whether its hash was published and equal; nil where the backend does not tell.
  public var isVerified: Bool?
  /// When the file was last read again, whether it was what was stored, and what was found where the
  /// backend tells that too.
  public var checkedAt: Date?
  public var isIntact: Bool?
  public var lastCheck: AssetCheck.State?
  public var createdAt: Date
  /// Placement tags, which a change of all tags must keep.
  public var placementTags: [String]

  public init(id: String, name: String, createdAt: Date) {
    self.id = id
    self.name = name
    self.createdAt = createdAt
    tags = []
    triggerWords = []
    metadata = [:]
    userMetadata = [:]
    placementTags = []
  }
}

extension LibraryAsset {
  public init(_ asset: Asset) {
    self.init(
      id: asset.id, name: PlainText.sanitized(asset.displayName ?? asset.name),
      createdAt: asset.createdAt)
    var facts = asset.metadata ?? [:]
    if let link = facts["source_url"]?.string {
      facts["source_url"] = .string(LinkToken.removed(from: link).link)
    }
    path = asset.filePath.map(PlainText.sanitized)
    folder = (Asset.folder(ofPath: asset.filePath) ?? Folder(tags: asset.tags)?.name)
      .map(PlainText.sanitized)
    hash = asset.hash.map(PlainText.sanitized)
    sha256 = facts["sha256"]?.string.map(PlainText.sanitized)
    size = asset.size
    tags = asset.tags.filter { !Folder.isPlacement(tag: $0) }.map(PlainText.sanitized)
    placementTags = asset.tags.filter(Folder.isPlacement)
    baseModel = Self.names(asset.userMetadata?["base_model"]) ?? Self.names(facts["base_model"])
    license = facts["license"]?.string.map(PlainText.sanitized)
    if case .array(let words)? = facts["trained_words"] {
      triggerWords = words.compactMap(\.string).map(PlainText.sanitized)
    }
    sourceURL = facts["source_url"]?.string.map(PlainText.sanitized)
    metadata = facts
    userMetadata = asset.userMetadata ?? [:]
    previewID = asset.previewID
    if case .bool(let value)? = facts["verified"] { isVerified = value }
    if case .bool(let value)? = facts["intact"] { isIntact = value }
    lastCheck = facts["check"]?.string.map(AssetCheck.State.init)
    checkedAt = facts["checked_at"]?.string.flatMap(Timestamp.date)
  }

  /// Comfy's web page keeps a list of base models; nil where there is none.
  private static func names(_ value: JSONValue?) -> String? {
    let names: [String] =
      if case .array(let values)? = value { values.compactMap(\.string) } else {
        value?.string.map { [$0] } ?? []
      }
    let text = names.filter { !$0.isEmpty }.joined(separator: ", ")
    return text.isEmpty ? nil : PlainText.sanitized(text)
  }

  /// Everything as programs read it; links without secrets.
  public var json: JSONValue {
    .object([
      "id": .string(id), "name": .string(name), "folder": .optional(folder),
      "path": .optional(path), "hash": .optional(hash), "sha256": .optional(sha256),
      "size": .optional(size), "verified": isVerified.map(JSONValue.bool) ?? .null,
      "checked_at": .optional(checkedAt.map { Timestamp.text(from: $0) }),
      "base_model": .optional(baseModel),
      "source_url": .optional(sourceURL.map { LinkToken.removed(from: $0).link }),
      "tags": .array((placementTags + tags).map(JSONValue.string)),
      "metadata": .object(metadata), "user_metadata": .object(userMetadata),
      "preview_id": .optional(previewID),
      "created_at": .string(Timestamp.text(from: createdAt)),
    ])
  }
}

extension Asset {
  /// The folder below the models root of a path such as `models/loras/x.safetensors`.
  public static func folder(ofPath path: String?) -> String? {
    guard let parts = path?.split(separator: "/"), parts.count > 2, parts[0] == "models" else {
      return nil
    }
    return parts[1..<(parts.count - 1)].joined(separator: "/")
  }
}
