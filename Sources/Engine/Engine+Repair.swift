import ComfyAPI
import Downloads
import Foundation
import GRDB

/// Fetching a stored file again that is gone or no longer is what was stored.
extension Engine {
  /// Queues the file of an asset that a check has found wrong, from where it came from. Whatever stands
  /// in its place stays there until the new file is verified, and is then put aside as `NAME.changed`.
  ///
  /// - Throws: `notFound`; `conflict` when no check has found it wrong, when nobody knows where it came
  ///   from, or when another task fetches the same link; `unprocessable` when the link is no longer
  ///   one that can be fetched.
  public func repairAsset(_ id: String) async throws(EngineError) -> AssetDownloadResponse {
    let asset = try assetRecord(id)
    let url = try sourceURL(of: asset)
    if let task = try EngineError.translating({ try store.activeTask(url: url) }) {
      guard task.repairs == id else { throw Self.isFetched }
      return Self.response(to: task)
    }
    let task = TaskRecord(
      repairing: asset, url: url, id: UUID().uuidString.lowercased(), now: environment.now())
    try await EngineError.translating {
      do {
        try await store.insert(task)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        throw Self.isFetched
      }
    }
    logger.info("queued a repair", metadata: ["task": "\(task.id)", "path": "\(asset.path)"])
    await orderQueue()
    wakeQueue()
    return Self.response(to: task)
  }

  private func sourceURL(of asset: AssetRecord) throws(EngineError) -> String {
    guard asset.isIntact == false else {
      throw EngineError(
        .conflict, code: "NOT_DAMAGED", message: "No check has found this file wrong.",
        hint: "Have it read again first.")
    }
    guard !asset.sourceURL.isEmpty else {
      throw EngineError(
        .conflict, code: "NO_SOURCE", message: "Nobody has said where this file came from.",
        hint: "Queue its link.")
    }
    do {
      return try ModelReference(stored: asset.sourceURL, hosts: hosts).canonicalURL
    } catch {
      throw EngineError(.unprocessable, error)
    }
  }

  private static var isFetched: EngineError {
    EngineError(
      .conflict, code: "LINK_IN_USE", message: "Another task fetches the same link.",
      hint: "Try again when that has ended.")
  }

  private static func response(to task: TaskRecord) -> AssetDownloadResponse {
    AssetDownloadResponse(taskID: task.id, status: task.taskStatus)
  }
}

extension TaskRecord {
  /// A task that fetches the file of an asset again.
  init(repairing asset: AssetRecord, url: String, id: String, now: Date) {
    self.id = id
    self.url = url
    repairs = asset.id
    tags = asset.tags
    userMetadata = asset.userMetadata
    previewID = asset.previewID
    folder = asset.folder.isEmpty ? nil : asset.folder
    name = asset.fileName
    chosenName = name
    size = asset.size
    createdAt = now
    updatedAt = now
  }
}

extension AssetRecord {
  /// Of its path, whatever the user calls the asset.
  var fileName: String { path.split(separator: "/").last.map(String.init) ?? name }

  /// Whether a check has found another content than was stored.
  var isDamaged: Bool { checkState == AssetCheck.State.damaged.rawValue }

  /// Takes over that its file was fetched again.
  ///
  /// - Throws: `DiskError` when it is not there.
  mutating func restore(library: Library, verified: Bool, now: Date) throws(DiskError) {
    let kept = name
    try take(path: path, library: library)
    name = kept
    self.verified = verified
    checkedAt = now
    isIntact = true
    checkState = AssetCheck.State.intact.rawValue
    updatedAt = now
  }
}
