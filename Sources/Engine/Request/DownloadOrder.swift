import ComfyAPI
import Downloads

/// A download request that has been checked.
struct DownloadOrder: Sendable {
  let reference: ModelReference
  let tags: [String]
  let userMetadata: [String: JSONValue]
  let previewID: String?
  /// The folder that the tags name.
  let folder: Folder?
  /// The name to save the file as; nil for the source's.
  let fileName: String?
  /// What the content must be; nil for whatever the source has.
  let expectedHash: ContentHash?
  /// Where it stands among those of its sender; nil for the end of the queue.
  let place: QueuePlace?

  /// The one spelling of the source, free of secrets.
  var url: String { reference.canonicalURL }

  init(
    _ request: AssetDownloadRequest, at place: QueuePlace? = nil, hosts: SourceHosts
  ) throws(EngineError) {
    self.place = place
    do {
      reference = try ModelReference(request.sourceURL, hosts: hosts)
    } catch {
      throw EngineError(.invalidRequest, error, field: "source_url")
    }
    tags = try AssetRules.tags(request.tags ?? [])
    userMetadata = try AssetRules.metadata(request.userMetadata ?? [:])
    previewID = try AssetRules.previewID(request.previewID)
    fileName = try AssetRules.fileName(request.filename, field: "filename")
    expectedHash = try AssetRules.expectedHash(request.expectedHash)
    folder = Folder(tags: tags)
  }
}
