import Downloads

/// What the time since the last news says of a download.
extension State {
  /// Seconds without news where that speaks against the task. While the backend is away no news can
  /// come, so silence says nothing then.
  func silence(of download: Download) -> Int64? {
    guard backend.connection == .online else { return nil }
    return download.silence(at: now).map { Int64(min($0, 1e9)) }
  }

  func label(of download: Download) -> StatusLabel {
    StatusLabel(
      download, silence: silence(of: download), isStored: list.context.isStored)
  }

  /// Seconds for which a task has been under way of which the backend tells no bytes.
  func elapsedWithoutBytes(_ download: Download) -> Int64? {
    guard download.taskID != nil, !download.status.isTerminal, download.status != .created,
      download.fraction == nil, download.bytesDownloaded ?? 0 == 0
    else { return nil }
    let since = download.startedAt ?? download.createdAt
    return Int64(max(0, min(now.timeIntervalSince(since), 1e9)))
  }

  /// Whether a mark may move although no bytes are told: the backend answers, and says it is running.
  func isAlive(_ download: Download) -> Bool {
    backend.connection == .online && silence(of: download) == nil
  }
}
