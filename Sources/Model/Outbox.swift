import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// Sends what is queued, in order, until each has an answer.
///
/// A row is claimed in the journal before its request, so that two programs never send it twice,
/// and keeps its place while the backend is away.
struct Outbox: Sendable {
  let board: Board
  let now: @Sendable () -> Date

  /// Sends all that is queued now.
  ///
  /// - Throws: the error of a backend that is away or busy; the rest stays queued.
  func flush(usingModelTypeTags: Bool) async throws(ClientError) {
    for download in await board.queued() {
      guard !Task.isCancelled else { return }
      let claimed = try? board.journal.claim(download.id, now: now())
      guard claimed == true else { continue }
      try await send(download, usingModelTypeTags: usingModelTypeTags)
    }
  }

  private func send(_ download: Download, usingModelTypeTags: Bool) async throws(ClientError) {
    do {
      let request = download.submission.request(usingModelTypeTags: usingModelTypeTags)
      let answer = try await board.client.download(request)
      await record(answer, for: download.id)
    } catch {
      try? board.journal.release(download.id)
      guard error.concernsTheRequest else { throw error }
      await board.change(download.id) {
        $0.status = .failed
        $0.failure = DownloadFailure(error)
        $0.completedAt = now()
      }
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
