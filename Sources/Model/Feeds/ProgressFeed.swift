import ComfyAPI
import ComfyClient
import Downloads

/// Brings bytes from `/ws` to the board, for as long as the line holds.
struct ProgressFeed: Sendable {
  let board: Board

  /// Reads one connection to its end. A task that ended is read at once, rather than at the next
  /// poll.
  ///
  /// - Returns: true when the connection brought anything.
  func follow() async -> Bool {
    var isUp = false
    do {
      for try await message in board.client.messages() {
        if !isUp { await board.setFeed(true) }
        isUp = true
        guard case .assetDownload(let download) = message else { continue }
        if await board.merge(download, at: .now) { await board.refresh(download.taskID) }
      }
    } catch {
      // The poller says that the backend is away; the feed only comes back when it can.
    }
    await board.setFeed(false)
    return isUp
  }
}
