import ComfyAPI
import Downloads
import Foundation

/// How news of a task changes what is known of a download.
///
/// Polls tell how a task stands, the feed tells its bytes, and either may be late. `completed` is
/// never overwritten; a cancel that was asked for holds until the task has ended.
extension Download {
  /// Takes a line of the task list.
  public mutating func merge(
    _ entry: TaskEntry, _ figures: inout TransferFigures, at now: ContinuousClock.Instant
  ) {
    guard takes(DownloadStatus(entry.status)) else { return }
    startedAt = entry.startedAt ?? startedAt
    completedAt = entry.completedAt ?? completedAt
    if let progress = entry.progress { merge(progress, &figures, at: now) }
    waitReason = entry.progress?.waitReason.map(PlainText.sanitized)
    settle(DownloadStatus(entry.status))
  }

  /// Takes a single task, with its result where it has ended.
  public mutating func merge(
    _ task: TaskResponse, _ figures: inout TransferFigures, at now: ContinuousClock.Instant
  ) {
    guard takes(DownloadStatus(task.status)) else { return }
    startedAt = task.startedAt ?? startedAt
    completedAt = task.completedAt ?? completedAt
    if let progress = task.progress { merge(progress, &figures, at: now) }
    // What has not ended has not failed: the contract has no other place for what keeps it.
    waitReason = (task.progress?.waitReason ?? task.errorMessage).map(PlainText.sanitized)
    if let result = task.result { merge(result) }
    if task.status == .failed {
      let told = DownloadFailure(
        code: task.result?.errorCode ?? "FAILED",
        message: PlainText.sanitized(
          task.errorMessage ?? task.result?.error ?? "The download failed."),
        hint: task.result?.hint.map(PlainText.sanitized))
      failure = FailureWords.completing(told)
    }
    settle(DownloadStatus(task.status))
  }

  /// Takes a message of the feed. The end of a task is learnt by a poll, which also has the result;
  /// the message only brings its bytes.
  public mutating func merge(
    _ message: AssetDownloadMessage, _ figures: inout TransferFigures,
    at now: ContinuousClock.Instant
  ) {
    guard !status.isTerminal else { return }
    if message.assetName != name, let known = FileName.sanitized(message.assetName),
      !ModelReference.isProvisional(known)
    {
      name = known
    }
    if message.bytesTotal > 0 || message.bytesDownloaded > 0 {
      if message.bytesTotal > 0 { bytesTotal = message.bytesTotal }
      figures.take(message.bytesDownloaded, at: now)
      bytesDownloaded = figures.position
      bytesPerSecond = figures.bytesPerSecond
    } else if message.fraction > 0 {
      // Without bytes a backend may still say how far it is; 0 is what it says when it does not know.
      reportedFraction = max(reportedFraction ?? 0, message.fraction)
    }
    if message.status == .running, status == .created || status == .queued {
      status = .running
      isMovable = nil
    }
  }

  /// Takes the answer 200: the backend had the content already.
  public mutating func merge(_ asset: Asset, at now: Date) {
    name = asset.name
    assetID = asset.id
    hash = asset.hash ?? hash
    path = asset.filePath ?? path
    bytesTotal = asset.size ?? bytesTotal
    bytesDownloaded = asset.size ?? bytesDownloaded
    sha256 = asset.metadata?["sha256"]?.string ?? sha256
    if case .bool(let value)? = asset.metadata?["verified"] { verified = value }
    folder = asset.folder ?? folder
    completedAt = now
    settle(.completed)
  }

  private mutating func merge(
    _ progress: TaskProgress, _ figures: inout TransferFigures, at now: ContinuousClock.Instant
  ) {
    bytesTotal = progress.bytesTotal ?? bytesTotal
    figures.take(progress.bytesDownloaded, speed: progress.bytesPerSecond, at: now)
    bytesDownloaded = figures.position
    bytesPerSecond = figures.bytesPerSecond
    limit = progress.limit
    connections = progress.connections.map { Int(clamping: $0) }
    phase = progress.phase
    queueOrder = progress.queueOrder
    isMovable = progress.isMovable
  }

  private mutating func merge(_ result: DownloadFileResult) {
    name = result.filename ?? name
    path = result.filePath ?? path
    hash = result.hash ?? hash
    sha256 = result.sha256 ?? sha256
    verified = result.verified ?? verified
    assetID = result.assetID ?? assetID
    if let bytes = result.bytesDownloaded { bytesDownloaded = bytes }
    folder = Asset.folder(ofPath: result.filePath) ?? folder
  }

  private func takes(_ news: DownloadStatus) -> Bool {
    if status == .completed { return false }
    if status == .cancelled { return news == .completed }
    if status == .cancellationPending { return news.isTerminal }
    return true
  }

  private mutating func settle(_ news: DownloadStatus) {
    status = news
    if news.isTerminal {
      phase = nil
      waitReason = nil
      queueOrder = nil
      isMovable = nil
      bytesPerSecond = nil
      limit = nil
      connections = nil
    }
    if news == .completed {
      failure = nil
      bytesDownloaded = bytesTotal ?? bytesDownloaded
      bytesTotal = bytesTotal ?? bytesDownloaded
    }
  }
}

extension Asset {
  /// The folder below the models root, from the asset's path or its tags.
  var folder: String? { Self.folder(ofPath: filePath) ?? Folder(tags: tags)?.name }
}
