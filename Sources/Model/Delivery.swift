import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// Hands one claimed download to the backend and records what it answers.
struct Delivery: Sendable {
  /// A download with the right to send it.
  struct Item: Sendable {
    let download: Download
    let claim: Journal.Claim
  }

  let board: Board
  let now: @Sendable () -> Date
  let usesModelTypeTags: Bool
  /// Whether the backend takes names for files.
  let namesFiles: Bool
  /// Whether it takes the hashes that files must have.
  let expectsHashes: Bool
  /// Whose order the places of the claims are; nil for a backend that does not take places.
  let queue: UUID?

  /// - Parameter unanswered: places of downloads that are being sent already.
  func place(of item: Item, after unanswered: Set<Int64>) -> QueuePlace? {
    queue.map { queue in
      let number = item.claim.place
      return QueuePlace(
        queue: queue, number: number, unanswered: unanswered.filter { $0 < number }.sorted())
    }
  }

  /// - Parameter place: where it is to stand in the backend's queue.
  /// - Returns: the error of a backend that is away, busy or wants another key; the download is
  ///   queued as before then. Nil when the download has got an answer, be it a refusal.
  func send(_ item: Item, to place: QueuePlace?) async -> ClientError? {
    let id = item.download.id
    do throws(ClientError) {
      let request = item.download.submission.request(
        usingModelTypeTags: usesModelTypeTags, namingFile: namesFiles,
        expectingHash: expectsHashes)
      await record(try await board.client.download(request, at: place), for: id)
      return nil
    } catch {
      try? board.journal.release(id, restoring: error.leavesDoubt ? nil : item.claim)
      guard error.concernsTheRequest(isFirst: item.claim.firstAttempt == nil) else { return error }
      await board.fail(id, with: error, at: now())
      return nil
    }
  }

  func record(_ answer: AssetDownloadAnswer, for id: UUID) async {
    let time = now()
    let wasCancelled = await board.download(id)?.status == .cancelled
    await board.change(id) { download in
      switch answer {
      case .asset(let created): download.merge(created.asset, at: time)
      case .task(let response):
        download.taskID = response.taskID
        download.status =
          wasCancelled ? .cancellationPending : DownloadStatus(response.status).nonTerminal
      }
    }
    // The user changed their mind while the request was under way.
    if wasCancelled, case .task = answer { try? await board.requestCancel(id) }
  }
}

extension ClientError {
  /// False when the backend is away, busy or wants another key: the download then keeps its place.
  ///
  /// An answer that cannot be read may stand for a task that was made: the task is looked for once.
  fileprivate func concernsTheRequest(isFirst: Bool) -> Bool {
    if kind == .malformed { return !isFirst }
    return !isRetriable && !concernsTheAccess
  }
}

extension DownloadStatus {
  /// A 202 may say `completed`; the poll that follows brings the result with it.
  fileprivate var nonTerminal: DownloadStatus { isTerminal ? .running : self }
}

extension Download {
  /// The submission this download was made from.
  var submission: Submission {
    Submission(
      url: url, tags: tags, folder: folder.flatMap(Folder.init), userMetadata: userMetadata,
      previewID: previewID, fileName: fileName, expectedHash: expectedHash)
  }
}
