import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// Asks the backend for the size of files whose tasks tell no bytes.
///
/// Each file is asked for once in a run of the program: the size only helps to judge how long a task
/// may take, so a backend that cannot tell it is left alone.
struct SizeLookup: Sendable {
  /// Seconds a task may take to tell its size by itself.
  static let patience: Double = 3

  let board: Board
  private var asked: Set<UUID> = []

  init(board: Board) { self.board = board }

  /// Asks for the next file; false when there is none to ask for.
  ///
  /// - Throws: that the backend is busy or away; the file is then asked for again.
  mutating func next(at now: Date) async throws(ClientError) -> Bool {
    guard let download = await board.unsettled().first(where: { isDue($0, at: now) }) else {
      return false
    }
    do {
      let metadata = try await board.client.remoteMetadata(url: download.url)
      asked.insert(download.id)
      guard metadata.contentLength > 0 else { return true }
      await board.change(download.id) {
        $0.bytesTotal = $0.bytesTotal ?? metadata.contentLength
      }
    } catch {
      guard !error.isRetriable else { throw error }
      asked.insert(download.id)
    }
    return true
  }

  private func isDue(_ download: Download, at now: Date) -> Bool {
    download.bytesTotal == nil && download.bytesDownloaded == nil && !download.url.isEmpty
      && !asked.contains(download.id)
      && now.timeIntervalSince(download.createdAt) >= Self.patience
  }
}
