import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// Finds the tasks of requests whose answers were lost, so that they are not made twice.
struct LostAnswers: Sendable {
  /// How far the clocks of the two sides may be apart, in seconds.
  private static let clockSkew: Double = 600
  /// Tasks looked at; a request that was lost is among the newest.
  private static let most = 5000

  let board: Board

  /// Tasks for the downloads' links that nobody on the board has yet, each given once.
  func tasks(
    for items: [Delivery.Item]
  ) async throws(ClientError) -> [UUID: AssetDownloadResponse] {
    var open = items.filter { $0.claim.firstAttempt != nil }
    guard let since = open.compactMap(\.claim.firstAttempt).min() else { return [:] }
    var found: [UUID: AssetDownloadResponse] = [:]
    var offset = 0
    while offset < Self.most {
      let page = try await board.client.tasks(
        offset: offset, limit: Poller.pageSize,
        createdAfter: since.addingTimeInterval(-Self.clockSkew))
      let readings = await TaskReader(client: board.client).read(
        await board.unknown(among: page.tasks))
      for task in readings.tasks {
        let url = task.payload["source_url"]?.string
        guard let index = open.firstIndex(where: { $0.download.url == url }) else { continue }
        found[open.remove(at: index).download.id] = AssetDownloadResponse(
          taskID: task.id, status: task.status)
      }
      if let failure = readings.failure { throw failure }
      offset += page.tasks.count
      guard !open.isEmpty, page.pagination.hasMore, !page.tasks.isEmpty else { break }
    }
    return found
  }
}
