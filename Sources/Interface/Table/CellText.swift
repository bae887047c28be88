import Downloads
import Foundation

/// The texts of a row's cells, on the screen and in lists outside of it.
struct CellText {
  let glyphs: Glyphs
  let context: FilterContext
  let now: Date

  /// The size of the file; while nobody has told it, what has arrived and a `+`.
  func size(_ download: Download) -> String {
    if let total = download.bytesTotal { return ByteCount.text(total) }
    guard let bytes = download.bytesDownloaded, bytes > 0 else { return glyphs.unknown }
    return ByteCount.text(bytes) + "+"
  }

  /// `1.2/23.8 GB`; the size alone where all of it is there.
  func done(_ download: Download) -> String {
    guard let total = download.bytesTotal, let bytes = download.bytesDownloaded, bytes < total
    else { return size(download) }
    return ByteCount.text(bytes, of: total)
  }

  func percent(_ download: Download) -> String {
    // That a stored file is all there goes without saying.
    if context.isStored, download.status.isTerminal { return "" }
    guard let percent = download.percent else { return glyphs.unknown }
    return "\(percent)%"
  }

  func speed(_ download: Download) -> String {
    guard !download.status.isTerminal else { return "" }
    return download.bytesPerSecond.map(ByteCount.speedText) ?? glyphs.unknown
  }

  func left(_ download: Download) -> String {
    guard !download.status.isTerminal else { return "" }
    return download.secondsLeft.map(DurationText.text) ?? glyphs.unknown
  }

  func tags(_ download: Download) -> String { download.tags.joined(separator: ", ") }

  /// The text of a column that tells one plain fact; empty while it is unknown.
  ///
  /// - Parameter index: its place in the order of queueing, from 0.
  func fact(_ column: TableColumn, _ download: Download, _ index: Int) -> String {
    let text: String? =
      switch column {
      case .position: "\(index + 1)"
      case .folder: download.folder
      case .source: context.sources.source(of: download.url).label
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
      case .id: download.shortID
      default: nil
      }
    return text ?? ""
  }

  private func age(_ date: Date?) -> String? {
    date.map {
      DurationText.brief(seconds: Int64(max(0, min(now.timeIntervalSince($0), 1e9))))
    }
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
