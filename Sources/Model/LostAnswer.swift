import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// Finds the task of a request whose answer was lost, so that it is not made twice.
struct LostAnswer: Sendable {
  /// How far the clocks of the two sides may be apart, in seconds.
  private static let clockSkew: Double = 600
  /// Tasks looked at; a request that was lost is among the newest.
  private static let most = 300

  let board: Board

  /// A task for the download's URL that nobody on the board has yet; nil when there is none.
  func task(
    for download: Download, sentAfter date: Date
  ) async throws(ClientError) -> AssetDownloadResponse? {
    var offset = 0
    while offset < Self.most {
      let page = try await board.client.tasks(
        offset: offset, limit: Poller.pageSize,
        createdAfter: date.addingTimeInterval(-Self.clockSkew))
      for entry in page.tasks where await board.download(ofTask: entry.id) == nil {
        let task = try await board.client.task(entry.id)
        guard task.payload["source_url"]?.string == download.url else { continue }
        return AssetDownloadResponse(taskID: task.id, status: task.status)
      }
      offset += page.tasks.count
      guard page.pagination.hasMore, !page.tasks.isEmpty else { return nil }
    }
    return nil
  }
}
