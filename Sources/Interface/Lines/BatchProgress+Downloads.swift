import Downloads

extension BatchProgress {
  /// Downloads that are waited for, from the first to the last of them.
  public init(_ downloads: [Download]) {
    self.init(
      verb: "downloading", files: downloads.count(where: \.status.isTerminal),
      filesTotal: downloads.count, bytesTotal: 0)
    var speed: Int64 = 0
    for download in downloads {
      // What has failed is settled, however much of it is there.
      let total = download.status.isTerminal ? download.bytesDownloaded : download.bytesTotal
      bytes.add(download.bytesDownloaded ?? 0)
      bytesTotal.add(total ?? 0)
      if total == nil, !download.status.isTerminal { hasUnknownSizes = true }
      if !download.status.isTerminal { speed.add(download.bytesPerSecond ?? 0) }
    }
    bytesPerSecond = speed > 0 ? speed : nil
    let open = downloads.filter { !$0.status.isTerminal }
    let moving = open.filter(\.isUnderWay)
    items = (moving + open.filter { !$0.isUnderWay }).map(Item.init)
  }
}

extension BatchProgress.Item {
  init(_ download: Download) {
    self.init(
      name: download.name, word: download.waitingWord, reason: download.waitReason,
      bytes: download.bytesDownloaded ?? 0, bytesTotal: download.bytesTotal,
      bytesPerSecond: download.bytesPerSecond)
  }
}

extension Download {
  fileprivate var isUnderWay: Bool { status != .queued && status != .created }

  /// Nil while bytes arrive.
  fileprivate var waitingWord: String? {
    switch status {
    case .queued: "queued"
    case .created where phase != .paused: "queued"
    case .cancellationPending: "cancelling"
    case .running where phase == nil || phase == .downloading: nil
    // Both are open sets, and what a backend says.
    default: PlainText.sanitized(phase?.rawValue ?? status.rawValue)
    }
  }
}
