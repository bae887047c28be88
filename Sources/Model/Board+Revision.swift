import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// Changing what has not begun.
extension Board {
  /// Changes folder or tags of a download that has not begun. The contract cannot change a task: one
  /// that the backend has already is cancelled there and queued anew: at its own place where the backend
  /// takes places, else behind the others.
  ///
  /// - Throws: why it cannot be changed; it is then as it was, or cancelled when the backend broke off
  ///   in between.
  public func revise(
    _ id: UUID, _ revision: Revision, hosts: SourceHosts
  ) async throws(DownloadFailure) {
    guard let before = download(id) else { throw Self.unknown }
    guard before.isUnbegun else { throw Self.begun }
    var after = before
    revision.apply(to: &after)
    guard after != before else { return }
    if client.backend.isCloud {
      let reference = try ModelReference(stored: before.url, hosts: hosts)
      let folder = after.folder.flatMap(Folder.init)
      if let refusal = CloudRules.refusal(of: reference, folder: folder) { throw refusal }
    }
    guard let taskID = before.taskID else { return try await reviseUnsent(id, revision) }
    try await revise(id, ofTask: taskID, revision)
  }

  /// The claim keeps it from being sent as it was.
  private func reviseUnsent(_ id: UUID, _ revision: Revision) async throws(DownloadFailure) {
    guard let claim = try? journal.claim(id, now: now()) else { throw Self.begun }
    change(id, isRecoverable: false) { revision.apply(to: &$0) }
    try? journal.release(id, restoring: claim)
    await bell.ring()
  }

  private func revise(
    _ id: UUID, ofTask taskID: String, _ revision: Revision
  ) async throws(DownloadFailure) {
    guard ids(ofTask: taskID) == [id] else {
      throw DownloadFailure(
        code: "TASK_SHARED", message: "Another download waits for the same task.")
    }
    let outcome: CancelOutcome
    do {
      outcome = try await client.cancel(taskID)
    } catch {
      throw DownloadFailure(error)
    }
    guard outcome != .notCancellable else {
      await refresh(taskID)
      throw Self.begun
    }
    abandon(taskID)
    change(id, isRecoverable: false) { revision.apply(to: &$0) }
    await queueAgain(id)
  }

  private static let begun = DownloadFailure(
    code: "HAS_BEGUN", message: "It has begun, or is being sent: it can no longer be changed.")
}
