import Downloads
import Foundation

/// Downloads as plain aligned lines, for pipes and for terminals that cannot draw.
enum PlainList {
  static func lines(_ downloads: [Download], now: Date = Date()) -> [String] {
    downloads.map { line($0, now: now) }
  }

  /// The beginning of an id that commands take for the whole.
  static func shortID(_ download: Download) -> String {
    String(download.id.uuidString.lowercased().prefix(8))
  }

  private static func line(_ download: Download, now: Date) -> String {
    let columns = [
      shortID(download),
      padded(status(download, now: now), 9),
      padded(percent(download), 4),
      padded(download.bytesTotal.map(ByteCount.text) ?? "-", 7),
      PlainText.sanitized(download.folder.map { $0 + "/" } ?? "")
        + PlainText.sanitized(download.name),
    ]
    let reason = download.failure.map { "  (" + PlainText.sanitized($0.message) + ")" } ?? ""
    return columns.joined(separator: "  ") + reason
  }

  /// A task without news for too long is called silent, whatever its backend calls it.
  private static func status(_ download: Download, now: Date) -> String {
    guard let silence = download.silence(at: now) else { return download.status.rawValue }
    return "silent " + DurationText.brief(seconds: Int64(min(silence, 1e9)))
  }

  private static func percent(_ download: Download) -> String {
    download.fraction.map { "\(Int($0 * 100))%" } ?? "-"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    let text = PlainText.sanitized(text)
    return text + String(repeating: " ", count: max(0, width - text.count))
  }
}
