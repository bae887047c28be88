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

  /// Hands a failed or cancelled download to the backend again; bytes it kept are used. One that has
  /// been silent for too long is given up by its task and gets a new one.
  public func retry(_ id: UUID) async throws(DownloadFailure) {
    guard let before = download(id) else { throw Self.unknown }
    if before.silence(at: now()) != nil { return try await replaceTask(of: before) }
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
    await queueAgain(id)
  }

  /// Asks the backend how a download stands, now rather than at the next poll.
  ///
  /// - Returns: what the backend says.
  public func check(_ id: UUID) async throws(DownloadFailure) -> Download {
    guard let before = download(id) else { throw Self.unknown }
    guard let taskID = before.taskID else {
      throw DownloadFailure(
        code: "NOT_SENT", message: "The backend has not accepted \(before.name) yet.")
    }
    do {
      merge(try await client.task(taskID), into: id, at: .now)
    } catch {
      throw DownloadFailure(error)
    }
    return download(id) ?? before
  }

  /// Reads one task and merges it.
  func refresh(_ taskID: String) async {
    guard let id = download(ofTask: taskID)?.id else { return }
    _ = try? await check(id)
  }

  /// The old task may still be listed as running: it is not taken for news of the new one.
  private func replaceTask(of download: Download) async throws(DownloadFailure) {
    guard let taskID = download.taskID else { return }
    do {
      _ = try await client.cancel(taskID)
    } catch {
      throw DownloadFailure(error)
    }
    abandon(taskID)
    await queueAgain(download.id)
  }

  private func queueAgain(_ id: UUID) async {
    try? journal.forgetAttempts(id)
    change(id) {
      $0.taskID = nil
      $0.beginAttempt(status: .queued)
    }
    await bell.ring()
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
    reportedFraction = nil
    newsAt = nil
    startedAt = nil
  }
}
