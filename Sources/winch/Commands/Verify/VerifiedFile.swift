import ComfyAPI
import Downloads
import Foundation

/// A stored file, what was found of it, and what became of its repair.
struct VerifiedFile: Sendable {
  enum Repair: Sendable {
    case done(taskID: String)
    case failed(DownloadFailure, taskID: String? = nil)
  }

  let asset: LibraryAsset
  let finding: AssetFinding
  let checkedAt: Date?
  var repair: Repair?

  /// Whether it is wrong still.
  var isWrong: Bool {
    if case .done = repair { return false }
    return finding.isWrong
  }

  /// Below the models root, where the backend tells.
  var path: String { asset.pathBelowRoot ?? asset.name }

  var json: JSONValue {
    .object([
      "id": .string(asset.id), "name": .string(asset.name), "folder": .optional(asset.folder),
      "path": .optional(asset.path), "size": .optional(asset.size),
      "hash": .optional(asset.hash), "sha256": .optional(asset.sha256),
      "source_url": .optional(asset.sourceURL), "status": .string(finding.rawValue),
      "checked_at": .optional(checkedAt.map { Timestamp.text(from: $0) }),
      "repair": repair?.json ?? .null,
    ])
  }
}

extension VerifiedFile.Repair {
  fileprivate var json: JSONValue {
    switch self {
    case .done(let taskID):
      .object(["status": "completed", "task_id": .string(taskID), "error": .null])
    case .failed(let failure, let taskID):
      .object([
        "status": "failed", "task_id": .optional(taskID),
        "error": .object([
          "code": .string(failure.code), "message": .string(failure.message),
          "hint": .optional(failure.hint),
        ]),
      ])
    }
  }
}
