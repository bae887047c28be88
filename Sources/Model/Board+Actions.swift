import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// What the user can do to a download that exists.
extension Board {
  /// Cancels: at once when the backend never had it, else by asking the backend.
  ///
  /// - Throws: why the backend would not; the download is then as it was.
  public func cancel(_ id: UUID) async throws(DownloadFailure) {
    guard let before = download(id) else { throw Self.unknown }
    guard before.status.isCancellable else {
      throw DownloadFailure(
        code: "NOT_CANCELLABLE", message: "It is \(before.status.rawValue) already.")
    }
    guard let taskID = before.taskID else {
      change(id) { $0.status = .cancelled }
      return
    }
    change(id) { $0.status = .cancellationPending }
    do {
      switch try await client.cancel(taskID) {
      case .accepted: break
      case .missing: change(id) { $0.status = .cancelled }
      case .notCancellable:
        change(id) { $0.status = before.status }
        await refresh(taskID)
      }
    } catch {
      change(id) { if $0.status == .cancellationPending { $0.status = before.status } }
      throw DownloadFailure(error)
    }
  }

  /// Hands a failed or cancelled download to the backend again; bytes it kept are used.
  public func retry(_ id: UUID) async throws(DownloadFailure) {
    guard let before = download(id) else { throw Self.unknown }
    guard before.status.isRetriable else {
      throw DownloadFailure(
        code: "NOT_RETRIABLE", message: "Only a failed or cancelled download can be retried.")
    }
    if let taskID = before.taskID {
      do {
        try await client.retry(taskID)
        change(id) { $0.beginAttempt(status: .created) }
        return
      } catch  where error.kind == .notFound {
        // Only Winch's engine can revive a task, and it may have forgotten this one.
      } catch {
        throw DownloadFailure(error)
      }
    }
    try? journal.forgetAttempts(id)
    change(id) {
      $0.taskID = nil
      $0.beginAttempt(status: .queued)
    }
    await bell.ring()
  }

  /// Reads one task and merges it.
  func refresh(_ taskID: String) async {
    guard let id = download(ofTask: taskID)?.id, let task = try? await client.task(taskID) else {
      return
    }
    change(id) { $0.merge(task) }
  }

  static let unknown = DownloadFailure(
    code: "NOT_FOUND", message: "There is no such download.")
}

extension Download {
  fileprivate mutating func beginAttempt(status: DownloadStatus) {
    self.status = status
    attempt += 1
    failure = nil
    completedAt = nil
    bytesPerSecond = nil
  }
}
