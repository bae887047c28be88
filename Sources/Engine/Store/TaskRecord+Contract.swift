import ComfyAPI

/// A task as the contract shows it.
extension TaskRecord {
  static let taskName = "download_file"

  /// What the task was given and has learnt. The URL is the canonical one, free of secrets.
  var payload: [String: JSONValue] {
    var payload: [String: JSONValue] = [
      "source_url": .string(url), "name": .string(name),
      "tags": .array(tags.map(JSONValue.string)), "user_metadata": .object(userMetadata),
      "attempt": .integer(Int64(attempt)),
    ]
    payload["folder"] = folder.map(JSONValue.string)
    payload["preview_id"] = previewID.map(JSONValue.string)
    payload["note"] = note.map(JSONValue.string)
    return payload
  }

  /// The task's news for `/ws`, with the bytes of its checkpoint.
  var message: AssetDownloadMessage { message(bytes: checkpoint, total: size) }

  func message(bytes: Int64, total: Int64?) -> AssetDownloadMessage {
    let total = total ?? 0
    let isComplete = taskStatus == .completed
    return AssetDownloadMessage(
      taskID: id, assetName: name, assetID: result?.assetID, bytesTotal: total,
      bytesDownloaded: bytes,
      progress: isComplete ? 1 : total > 0 ? min(1, Double(bytes) / Double(total)) : 0,
      status: taskStatus, error: errorMessage)
  }
}
