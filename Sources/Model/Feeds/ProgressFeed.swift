import ComfyAPI
import ComfyClient
import Downloads

/// Brings bytes from `/ws` to the board, for as long as the line holds.
struct ProgressFeed: Sendable {
  let board: Board

  /// Reads one connection to its end. A task that ended is read at once, rather than at the next
  /// poll.
  func follow() async {
    do {
      for try await message in board.client.messages() {
        guard case .assetDownload(let download) = message else { continue }
        if await board.merge(download, at: .now) { await board.refresh(download.taskID) }
      }
    } catch {
      // The poller says that the backend is away; the feed only comes back when it can.
    }
  }
}
