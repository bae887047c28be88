import Downloads

/// Downloads as plain aligned lines, for pipes and for terminals that cannot draw.
enum PlainList {
  static func lines(_ downloads: [Download]) -> [String] {
    downloads.map(line)
  }

  private static func line(_ download: Download) -> String {
    let columns = [
      String(download.id.uuidString.lowercased().prefix(8)),
      padded(download.status.rawValue, 9),
      padded(percent(download), 4),
      padded(download.bytesTotal.map(ByteCount.text) ?? "-", 7),
      PlainText.sanitized(download.folder.map { $0 + "/" } ?? "")
        + PlainText.sanitized(download.name),
    ]
    let reason = download.failure.map { "  (" + PlainText.sanitized($0.message) + ")" } ?? ""
    return columns.joined(separator: "  ") + reason
  }

  private static func percent(_ download: Download) -> String {
    download.fraction.map { "\(Int($0 * 100))%" } ?? "-"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    let text = PlainText.sanitized(text)
    return text + String(repeating: " ", count: max(0, width - text.count))
  }
}
