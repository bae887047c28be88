import Downloads

// What stands below a row's first line.
extension TableView {
  func drawFurtherLines(
    _ download: Download, _ columns: TableColumns, below line: Int, into frame: inout Frame
  ) {
    let start = TableColumns.markerWidth + 2
    for (place, parts) in furtherLines(download, columns).prefix(linesPerRow - 1).enumerated() {
      let text = parts.filter { !$0.isEmpty }.joined(separator: " \(state.glyphs.separator) ")
      let shown = TextWidth.clipped(
        shown(text), to: state.tableWidth - start, mark: state.glyphs.ellipsis)
      frame.write(shown, column: start, row: line + 1 + place, style: state.theme.faint)
    }
  }

  /// The parts of each line. Where there is one only, it begins with why the download failed.
  private func furtherLines(_ download: Download, _ columns: TableColumns) -> [[String]] {
    let words = [download.folder, download.baseModel, cells.tags(download)].compactMap(\.self)
    let facts = figures(download, columns) + words
    guard linesPerRow > 2 else { return [(download.failure.map { [$0.message] } ?? []) + facts] }
    let link = LinkToken.removed(from: download.url).link
    return [facts, [download.failure?.message ?? download.path ?? link]]
  }

  /// What no column has room for: state, bytes, speed and time left, as far as they are known.
  private func figures(_ download: Download, _ columns: TableColumns) -> [String] {
    func isMissing(_ column: TableColumn) -> Bool { columns.slot(column) == nil }
    var figures: [String] = []
    if isMissing(.status) { figures.append(state.label(of: download).word) }
    if isMissing(.size), isMissing(.done), download.bytesTotal ?? download.bytesDownloaded != nil {
      figures.append(cells.done(download))
    }
    guard !download.status.isTerminal else { return figures }
    if isMissing(.speed), let speed = download.bytesPerSecond {
      figures.append(ByteCount.speedText(speed))
    }
    if isMissing(.left), let seconds = download.secondsLeft {
      figures.append("\(DurationText.text(seconds: seconds)) left")
    }
    return figures
  }
}
