import ComfyAPI
import Downloads
import Foundation
import Origins

/// What becomes of a task.
extension TaskRecord {
  /// Takes what the source says of the file. The folder and the name that the user chose stay.
  mutating func adopt(_ file: ResolvedFile) {
    let offered = FileName.isSafe(file.name) ? file.name : FileName.sanitized(file.name) ?? "model"
    name = chosenName ?? offered
    identity = file.identity
    size = file.size
    published = file.hashes
    metadata = file.metadata
    note = file.notices.first ?? note
    if let suggestion = file.suggestion { adopt(suggestion) }
  }

  /// Takes what the file's own header tells, where neither the user nor the source did.
  mutating func adopt(_ header: ModelHeader) {
    for (key, text) in [("base_model", header.baseModel), ("license", header.license)] {
      if let text, !text.isEmpty, metadata[key] == nil { metadata[key] = .string(text) }
    }
    if let suggestion = header.folder { adopt(suggestion) }
  }

  /// Takes a folder that nobody but the file itself has told, and remembers why.
  mutating func adopt(_ suggestion: FolderSuggestion) {
    guard folder == nil else { return }
    folder = suggestion.folder.name
    metadata["folder_reason"] = .string(suggestion.reason)
  }

  mutating func fail(_ failure: DownloadFailure, now: Date) {
    status = TaskStatus.failed.rawValue
    errorCode = failure.code
    errorMessage = PlainText.sanitized(failure.message)
    errorHint = failure.hint.map(PlainText.sanitized)
    completedAt = now
    result = DownloadFileResult(
      success: false, filename: name, bytesDownloaded: checkpoint, error: errorMessage,
      errorCode: errorCode, hint: errorHint)
  }

  mutating func finish(with asset: AssetRecord, now: Date) {
    status = TaskStatus.completed.rawValue
    if Library.isNumbered(asset.name, after: name) {
      note = "Another file has the name \(name), so this one is \(asset.name)."
    }
    name = asset.name
    folder = asset.folder
    size = asset.size
    checkpoint = asset.size
    placement = nil
    completedAt = now
    result = DownloadFileResult(
      success: true, filePath: "models/" + asset.path, filename: asset.name,
      bytesDownloaded: asset.size, hash: "blake3:" + asset.blake3, assetID: asset.id,
      metadata: asset.metadata, sha256: asset.sha256, verified: asset.verified)
  }

  /// Back to the queue, with the bytes it has.
  mutating func requeue() {
    status = TaskStatus.created.rawValue
    isPaused = false
    errorCode = nil
    errorMessage = nil
    errorHint = nil
    result = nil
    completedAt = nil
  }

  /// The folder to place the file in.
  var targetFolder: String { folder ?? Library.unsortedFolder }

  /// The user's tags, and those of the place where the user gave none.
  var assetTags: [String] {
    guard !tags.contains(where: Folder.isPlacement) else { return tags }
    return ["models", targetFolder] + tags
  }

  /// What the source said, and why the file stands where ComfyUI does not look.
  var assetMetadata: [String: JSONValue] {
    guard folder == nil else { return metadata }
    var metadata = metadata
    metadata["folder_reason"] = "No folder was given and the source names none."
    return metadata
  }
}
