import ComfyAPI
import Foundation

/// A download as programs read it: every key always present, null where unknown.
extension Download {
  public var json: JSONValue {
    .object([
      "id": .string(id.uuidString.lowercased()),
      "task_id": .optional(taskID),
      "backend": .string(backend),
      "url": .string(url),
      "name": .string(name),
      "folder": .optional(folder),
      "tags": .array(tags.map(JSONValue.string)),
      "user_metadata": .object(userMetadata),
      "status": .string(status.rawValue),
      "phase": .optional(phase?.rawValue),
      "wait_reason": .optional(waitReason),
      "bytes_total": .optional(bytesTotal),
      "bytes_downloaded": .optional(bytesDownloaded),
      "bytes_per_second": .optional(bytesPerSecond),
      "limit": .optional(limit),
      "eta_seconds": .optional(secondsLeft),
      "connections": .optional(connections.map(Int64.init)),
      "attempt": .integer(Int64(attempt)),
      "hash": .optional(hash),
      "sha256": .optional(sha256),
      "verified": verified.map(JSONValue.bool) ?? .null,
      "asset_id": .optional(assetID),
      "path": .optional(path),
      "error": failure.map(\.json) ?? .null,
      "created_at": .string(Timestamp.text(from: createdAt)),
      "started_at": .optional(startedAt.map(Timestamp.text)),
      "completed_at": .optional(completedAt.map(Timestamp.text)),
    ])
  }
}

extension DownloadFailure {
  public var json: JSONValue {
    .object(["code": .string(code), "message": .string(message), "hint": .optional(hint)])
  }
}

extension JSONValue {
  public static func optional(_ value: String?) -> JSONValue {
    value.map(JSONValue.string) ?? .null
  }

  public static func optional(_ value: Int64?) -> JSONValue {
    value.map(JSONValue.integer) ?? .null
  }
}
