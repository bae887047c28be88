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
    if let refusal = before.whyNotCancelled { throw refusal }
    guard before.taskID != nil else {
      change(id, isRecoverable: false) { $0.status = .cancelled }
      return
    }
    change(id, isRecoverable: false) { $0.status = .cancellationPending }
    do {
      try await requestCancel(id)
    } catch {
      change(id) { if $0.status == .cancellationPending { $0.status = before.status } }
      throw DownloadFailure(error)
    }
  }

  /// Cancels a download, gives up what has arrived of it where the backend can, and takes it off the
  /// list; at once when it has ended already.
  ///
  /// - Throws: why the backend would not; the download is then as it was.
  public func discard(_ id: UUID) async throws(DownloadFailure) {
    guard let before = download(id) else { throw Self.unknown }
    if before.status.isCancellable {
      discarded.insert(id)
      do {
        try await cancel(id)
      } catch {
        discarded.remove(id)
        throw error
      }
      return
    }
    if before.status != .completed, let taskID = before.taskID,
      backend.abilities.contains(.deletePartial)
    {
      do {
        _ = try await client.cancel(taskID, deletesPartial: true)
      } catch {
        throw DownloadFailure(error)
      }
    }
    try forget([id])
  }

  /// Asks the backend to cancel what waits for that. What it says meanwhile by other ways stands.
  func requestCancel(_ id: UUID) async throws(ClientError) {
    guard let taskID = download(id)?.taskID else { return }
    cancelsAsked.insert(id)
    let deletesPartial = discarded.contains(id) && backend.abilities.contains(.deletePartial)
    switch try await client.cancel(taskID, deletesPartial: deletesPartial) {
    case .accepted: break
    case .missing: change(id) { if $0.status == .cancellationPending { $0.status = .cancelled } }
    case .notCancellable:
      change(id) { if $0.status == .cancellationPending { $0.status = .running } }
      await refresh(taskID)
    }
  }

  /// Hands a failed or cancelled download to the backend again; bytes it kept are used. One that has
  /// been silent for too long is given up by its task and gets a new one.
  public func retry(_ id: UUID) async throws(DownloadFailure) {
    guard let before = download(id) else { throw Self.unknown }
    if before.silence(at: now()) != nil { return try await replaceTask(of: before) }
    if let refusal = before.whyNotRetried(at: now()) { throw refusal }
    if let taskID = before.taskID, !client.backend.isCloud {
      do {
        try await client.retry(taskID)
        change(id, isRecoverable: false) { $0.beginAttempt(status: .created) }
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
    guard let taskID = before.taskID else { throw before.notSent }
    do {
      merge(try await client.task(taskID))
    } catch {
      throw DownloadFailure(error)
    }
    return download(id) ?? before
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

  /// Puts it among what is to be sent, at its own place and without a task.
  func queueAgain(_ id: UUID) async {
    try? journal.forgetAttempts(id)
    change(id, isRecoverable: false) {
      $0.taskID = nil
      $0.beginAttempt(status: .queued)
    }
    await bell.ring()
  }

  /// Reads one task and takes what it says; one that is new here is taken in.
  func refresh(_ taskID: String) async {
    guard let task = try? await client.task(taskID) else { return }
    if download(ofTask: taskID) == nil {
      // The row it belongs to may be another program's.
      reloadJournal()
      if !task.status.isTerminal { adopt(task) }
    }
    merge(task)
  }

  static let unknown = DownloadFailure(
    code: "NOT_FOUND", message: "There is no such download.")
}

extension Download {
  /// Nil where it can be cancelled.
  public var whyNotCancelled: DownloadFailure? {
    guard !status.isCancellable else { return nil }
    return DownloadFailure(
      code: "NOT_CANCELLABLE", message: "It is \(status.rawValue) already.",
      hint: "winch ls lists what can be cancelled: winch ls '!state:ended'.")
  }

  /// Nil where it can be handed to the backend again.
  public func whyNotRetried(at now: Date) -> DownloadFailure? {
    guard !status.isRetriable, silence(at: now) == nil else { return nil }
    return DownloadFailure(
      code: "NOT_RETRIABLE", message: "Only a failed or cancelled download can be retried.",
      hint: "winch ls 'state:failed|cancelled' lists them.")
  }

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
