import Downloads
import Foundation

// Texts of the cells.
extension TableView {
  /// The size of the file; while nobody has told it, what has arrived and a `+`.
  func size(_ download: Download) -> String {
    if let total = download.bytesTotal { return ByteCount.text(total) }
    guard let bytes = download.bytesDownloaded, bytes > 0 else { return state.glyphs.unknown }
    return ByteCount.text(bytes) + "+"
  }

  /// `1.2/23.8 GB`; the size alone where all of it is there.
  func done(_ download: Download) -> String {
    guard let total = download.bytesTotal, let bytes = download.bytesDownloaded, bytes < total
    else { return size(download) }
    return ByteCount.text(bytes, of: total)
  }

  func bar(_ download: Download, _ bar: ProgressBar) -> String {
    guard let elapsed = state.elapsedWithoutBytes(download) else { return bar.text(download) }
    return bar.text(elapsed: elapsed, isAlive: state.isAlive(download))
  }

  func percent(_ download: Download) -> String {
    // That a stored file is all there goes without saying.
    if state.list.context.isStored, download.status.isTerminal { return "" }
    guard let percent = download.percent else { return state.glyphs.unknown }
    return "\(percent)%"
  }

  func speed(_ download: Download) -> String {
    guard !download.status.isTerminal else { return "" }
    return download.bytesPerSecond.map(ByteCount.speedText) ?? state.glyphs.unknown
  }

  func left(_ download: Download) -> String {
    guard !download.status.isTerminal else { return "" }
    return download.secondsLeft.map(DurationText.text) ?? state.glyphs.unknown
  }

  func tags(_ download: Download) -> String { download.tags.joined(separator: ", ") }

  /// The text of a column that tells one plain fact; empty while it is unknown.
  func fact(_ column: TableColumn, _ download: Download, _ index: Int) -> String {
    let now = state.now
    func age(_ date: Date?) -> String? {
      date.map { DurationText.brief(seconds: seconds(from: $0, to: now)) }
    }
    let text: String? =
      switch column {
      case .position: "\(index + 1)"
      case .folder: download.folder
      case .source: state.list.context.sources.source(of: download.url).label
      case .age: age(download.createdAt)
      case .average: download.averageSpeed(at: now).map(ByteCount.speedText)
      case .connections: download.connections.map { "\($0)" }
      case .attempts: "\(download.attempt)"
      case .verified: download.verified.map { $0 ? "yes" : "no hash" }
      case .base: download.baseModel
      case .ended: age(download.completedAt)
      case .elapsed:
        download.elapsed(at: now).map { DurationText.text(seconds: Int64(min($0, 1e9))) }
      case .news: age(download.newsAt)
      case .path: download.path
      case .id: String(download.id.uuidString.lowercased().prefix(8))
      default: nil
      }
    return text ?? ""
  }

  func seconds(from date: Date, to now: Date) -> Int64 {
    Int64(max(0, min(now.timeIntervalSince(date), 1e9)))
  }
}

extension Download {
  /// Whole percents, rounded down; nil where that cannot be known.
  var percent: Int? {
    if status == .completed { return 100 }
    guard let bytesTotal, let bytesDownloaded, bytesTotal > 0 else {
      return reportedFraction.map { min(99, Int($0 * 100)) }
    }
    // Multiplied first, so that 29 of 100 is not 28.999.
    let percent = Double(max(0, bytesDownloaded)) * 100 / Double(bytesTotal)
    return bytesDownloaded >= bytesTotal ? 100 : min(99, Int(percent))
  }
}
