import ComfyAPI
import Downloads
import Foundation

/// A download request that has been checked.
struct DownloadOrder: Sendable {
  static let maximumTags = 100
  static let maximumTagLength = 255
  static let maximumMetadataBytes = 64 << 10

  let reference: ModelReference
  let tags: [String]
  let userMetadata: [String: JSONValue]
  let previewID: String?
  /// The folder that the tags name.
  let folder: Folder?

  /// The one spelling of the source, free of secrets.
  var url: String { reference.canonicalURL }

  init(_ request: AssetDownloadRequest, hosts: SourceHosts) throws(EngineError) {
    do {
      reference = try ModelReference(request.sourceURL, hosts: hosts)
    } catch {
      throw EngineError(.invalidRequest, error)
    }
    tags = try Self.checked(tags: request.tags ?? [])
    userMetadata = try Self.checked(metadata: request.userMetadata ?? [:])
    previewID = try Self.checked(previewID: request.previewID)
    folder = Folder(tags: tags)
  }

  static func checked(tags: [String]) throws(EngineError) -> [String] {
    guard tags.count <= maximumTags else {
      throw refusal("INVALID_TAGS", "There are more than \(maximumTags) tags.")
    }
    var seen: Set<String> = []
    for tag in tags {
      guard !tag.isEmpty, tag.count <= maximumTagLength else {
        throw refusal("INVALID_TAGS", "A tag has 1 to \(maximumTagLength) characters.")
      }
      guard PlainText.sanitized(tag) == tag else {
        throw refusal("INVALID_TAGS", "A tag holds control characters.")
      }
    }
    return tags.filter { seen.insert($0).inserted }
  }

  static func checked(
    metadata: [String: JSONValue]
  ) throws(EngineError) -> [String: JSONValue] {
    guard let encoded = try? WireFormat.encode(metadata), encoded.count <= maximumMetadataBytes
    else { throw refusal("INVALID_METADATA", "user_metadata is larger than 64 KiB.") }
    return metadata
  }

  static func checked(previewID: String?) throws(EngineError) -> String? {
    guard let previewID else { return nil }
    guard let id = UUID(uuidString: previewID) else {
      throw refusal("INVALID_PREVIEW_ID", "preview_id is not a UUID.")
    }
    return id.uuidString.lowercased()
  }

  private static func refusal(_ code: String, _ message: String) -> EngineError {
    EngineError(.unprocessable, code: code, message: message)
  }
}
