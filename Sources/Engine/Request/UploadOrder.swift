import ComfyAPI
import Downloads

/// An upload that has been checked.
struct UploadOrder: Sendable {
  let id: String?
  /// The label; nil for the name of the file.
  let name: String?
  let fileName: String
  /// Below the models root.
  let folder: String
  let tags: [String]
  let mimeType: String?
  let hash: String?
  let userMetadata: [String: JSONValue]
  let previewID: String?

  /// - Throws: `unprocessable` for tags that name no place, `invalidRequest` for other bad fields.
  init(_ upload: AssetUpload) throws(EngineError) {
    tags = try AssetRules.tags(upload.tags)
    folder = try Self.folder(tags)
    do {
      id = try AssetRules.uuid(upload.id, field: "id", code: "INVALID_ID")
      name = try upload.name.map(AssetRules.name)
      mimeType = try AssetRules.mimeType(upload.mimeType)
      userMetadata = try AssetRules.metadata(upload.userMetadata)
      previewID = try AssetRules.previewID(upload.previewID)
    } catch {
      throw error.asInvalidRequest
    }
    hash = upload.hash
    let names = [upload.filename, upload.name].compactMap { $0.flatMap(FileName.sanitized) }
    fileName = names.first ?? "upload"
  }

  /// The uses of files that are no models.
  private static let otherUses: Set<String> = ["input", "output", "temp", "preview"]

  private static func folder(_ tags: [String]) throws(EngineError) -> String {
    let isOther = tags.contains(where: otherUses.contains)
    guard tags.contains(where: Folder.isPlacement) else { return Library.uploadsFolder }
    guard !isOther else {
      throw refusal("A file is a model, or has another use: its tags say both.")
    }
    let types = tags.filter { $0.hasPrefix("model_type:") }
    guard types.count <= 1 else { throw refusal("A model has one 'model_type:' tag.") }
    guard let folder = Folder(tags: tags) else {
      throw refusal("A model needs the tag of its folder, such as model_type:loras.")
    }
    return folder.name
  }

  private static func refusal(_ message: String) -> EngineError {
    EngineError(.unprocessable, code: "INVALID_TAGS", message: message, field: "tags")
  }
}
