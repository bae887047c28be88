import ComfyAPI
import ComfyClient
import Model

extension ComfyClient {
  /// All that is stored, newest first.
  func readAssets(_ take: (Asset) -> Void) async throws(ClientError) {
    var cursor: String?
    var count = 0
    while count < Library.mostAssets {
      let page = try await assets(offset: count, after: cursor)
      page.assets.forEach(take)
      count += page.assets.count
      guard page.hasMore, !page.assets.isEmpty else { return }
      cursor = page.nextCursor
    }
  }
}
