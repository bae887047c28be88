import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// Sends what is queued, a few at a time and in order, until each has an answer.
///
/// A row is claimed in the journal before its request, so that two programs never send it twice,
/// and keeps its place while the backend is away. One that may have been sent before is looked for
/// among the backend's tasks first.
struct Outbox: Sendable {
  /// Requests under way at one time.
  static let width = 8

  let board: Board
  let now: @Sendable () -> Date

  /// Sends all that is queued now.
  ///
  /// - Throws: the error of a backend that is away or busy; the rest stays queued.
  func flush(usingModelTypeTags: Bool) async throws(ClientError) {
    var waiting = await board.queued()[...]
    let failure = await withTaskGroup(of: ClientError?.self, returning: ClientError?.self) {
      group in
      var underWay = 0
      var failure: ClientError?
      repeat {
        while underWay < Self.width, failure == nil, !Task.isCancelled,
          let download = waiting.popFirst()
        {
          guard let claim = try? board.journal.claim(download.id, now: now()) else { continue }
          group.addTask {
            await send(download, claim, usingModelTypeTags: usingModelTypeTags)
          }
          underWay += 1
        }
        guard underWay > 0, let ended = await group.next() else { break }
        underWay -= 1
        failure = failure ?? ended
      } while true
      return failure
    }
    if let failure { throw failure }
  }

  /// - Returns: the error of a backend that is away or busy.
  private func send(
    _ download: Download, _ claim: Journal.Claim, usingModelTypeTags: Bool
  ) async -> ClientError? {
    do throws(ClientError) {
      if let first = claim.firstAttempt,
        let task = try await LostAnswer(board: board).task(for: download, sentAfter: first)
      {
        await record(.task(task), for: download.id)
        return nil
      }
      let request = download.submission.request(usingModelTypeTags: usingModelTypeTags)
      await record(try await board.client.download(request), for: download.id)
      return nil
    } catch {
      try? board.journal.release(download.id)
      guard error.concernsTheRequest else { return error }
      await board.change(download.id) {
        $0.status = .failed
        $0.failure = DownloadFailure(error)
        $0.completedAt = now()
      }
      return nil
    }
  }

  private func record(_ answer: AssetDownloadAnswer, for id: UUID) async {
    let time = now()
    let wasCancelled = await board.download(id)?.status == .cancelled
    await board.change(id) { download in
      switch answer {
      case .asset(let created):
        download.merge(created.asset, at: time)
      case .task(let response):
        download.taskID = response.taskID
        if !wasCancelled { download.status = DownloadStatus(response.status).nonTerminal }
      }
    }
    // The user changed their mind while the request was under way.
    if wasCancelled, case .task(let response) = answer {
      _ = try? await board.client.cancel(response.taskID)
    }
  }
}

extension ClientError {
  /// False when the backend is away, busy or wants another key: the download then keeps its place.
  fileprivate var concernsTheRequest: Bool { !isRetriable && kind != .unauthorized }
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
      previewID: previewID)
  }
}
