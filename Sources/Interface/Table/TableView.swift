import Downloads
import Foundation

/// The downloads, one a row of one to three lines.
struct TableView {
  let state: State

  var linesPerRow: Int { state.settings.table.linesPerRow }

  func draw(into frame: inout Frame) {
    let columns = state.tableColumns
    drawTitles(columns, into: &frame)
    guard !state.list.visible.isEmpty else {
      EmptyView(state: state).draw(into: &frame)
      return
    }
    let body = state.layout.body
    let rows =
      state.list
      .offset..<min(
        state.list.visible.count, state.list.offset + state.rowsPerPage)
    for (place, row) in rows.enumerated() {
      drawRow(row, line: body.lowerBound + place * linesPerRow, columns, into: &frame)
    }
  }

  private func drawTitles(_ columns: TableColumns, into frame: inout Frame) {
    guard let row = state.layout.titles else { return }
    for slot in columns.slots {
      let key = state.list.order.keys.first { $0.column == slot.column }
      let title = slot.column.title + (key.map(state.glyphs.arrow) ?? "")
      drawText(title, slot, row: row, style: state.theme.heading, into: &frame)
    }
  }

  private func drawRow(
    _ row: Int, line: Int, _ columns: TableColumns, into frame: inout Frame
  ) {
    let download = state.list.row(row)
    let index = state.list.visible[row]
    for slot in columns.slots { draw(download, index, slot, row: line, into: &frame) }
    if columns.slot(.tags) == nil, let name = columns.slot(.name) {
      drawTagsAfterName(download, name, row: line, into: &frame)
    }
    drawFurtherLines(download, below: line, into: &frame)
    if state.list.isFound(row) {
      underlineFound(download, columns, lines: line..<line + linesPerRow, into: &frame)
    }
    if state.list.marked.contains(download.id) {
      frame.write("*", column: 1, row: line, style: state.theme.title)
    }
    guard row == state.list.selectedRow else { return }
    frame.write(">", column: 0, row: line, style: state.theme.title)
    // One colour over the whole row: reversed, the colours of its words would be patches.
    for line in line..<(line + linesPerRow) {
      frame.restyle(row: line) {
        $0 = Style(isBold: $0.isBold, isUnderlined: $0.isUnderlined, isReversed: true)
      }
    }
  }

  private func drawFurtherLines(_ download: Download, below line: Int, into frame: inout Frame) {
    let lines: [[String?]] = [
      [download.folder, download.baseModel, download.tags.joined(separator: ", ")],
      [download.failure?.message ?? download.path ?? LinkToken.removed(from: download.url).link],
    ]
    for (place, parts) in lines.prefix(linesPerRow - 1).enumerated() {
      let text = parts.compactMap { $0 }.filter { !$0.isEmpty }
        .joined(separator: " \(state.glyphs.separator) ")
      let room = frame.size.columns - TableColumns.markerWidth - 2
      frame.write(
        TextWidth.clipped(shown(text), to: room, mark: state.glyphs.ellipsis),
        column: TableColumns.markerWidth + 2, row: line + 1 + place, style: state.theme.faint)
    }
  }

  /// What is drawn at a cell.
  enum Hit: Equatable {
    case title(TableColumn)
    /// Its place among the visible ones.
    case row(Int)
  }

  func hit(_ position: Position) -> Hit? {
    if position.row == state.layout.titles {
      return state.tableColumns.slots.last { $0.start <= position.column }.map {
        .title($0.column)
      }
    }
    guard state.layout.body.contains(position.row) else { return nil }
    let row =
      state.list.offset + (position.row - state.layout.body.lowerBound) / linesPerRow
    return state.list.visible.indices.contains(row) ? .row(row) : nil
  }

  private func draw(
    _ download: Download, _ index: Int, _ slot: TableColumns.Slot, row: Int,
    into frame: inout Frame
  ) {
    let theme = state.theme
    let label = state.label(of: download)
    let tone = label.style(theme)
    let mark = label.mark(isUnicode: frame.isUnicode)
    switch slot.column {
    case .name:
      let name = FileNameText.shortened(
        shown(download.name), to: slot.width, mark: state.glyphs.ellipsis)
      drawText(name, slot, row: row, style: theme.plain, into: &frame)
    case .size: drawText(size(download), slot, row: row, style: theme.plain, into: &frame)
    case .bar:
      let bar = ProgressBar(width: slot.width, isUnicode: state.drawsFineBars)
      drawText(self.bar(download, bar), slot, row: row, style: tone, into: &frame)
    case .percent: drawText(percent(download), slot, row: row, style: theme.plain, into: &frame)
    case .speed: drawText(speed(download), slot, row: row, style: theme.plain, into: &frame)
    case .left: drawText(left(download), slot, row: row, style: theme.plain, into: &frame)
    case .mark: drawText(mark, slot, row: row, style: tone, into: &frame)
    case .status: drawText("\(mark) \(label.word)", slot, row: row, style: tone, into: &frame)
    case .tags:
      drawText(tags(download), slot, row: row, style: theme.faint, into: &frame)
    case .error:
      drawText(download.failure?.message ?? "", slot, row: row, style: theme.bad, into: &frame)
    default:
      drawText(fact(slot.column, download, index), slot, row: row, style: theme.plain, into: &frame)
    }
  }

  private func drawText(
    _ text: String, _ slot: TableColumns.Slot, row: Int, style: Style, into frame: inout Frame
  ) {
    let text = TextWidth.clipped(shown(text), to: slot.width, mark: state.glyphs.ellipsis)
    let indent = slot.column.isAlignedRight ? slot.width - TextWidth.columns(of: text) : 0
    frame.write(
      text, column: slot.start + indent, row: row, style: style, maximumWidth: slot.width - indent)
  }

  /// On a screen without a column for tags they take what room the name leaves.
  private func drawTagsAfterName(
    _ download: Download, _ slot: TableColumns.Slot, row: Int, into frame: inout Frame
  ) {
    let used = TextWidth.columns(of: shown(download.name)) + 2
    guard !download.tags.isEmpty, slot.width - used >= 4 else { return }
    let room = TableColumns.Slot(
      column: .tags, start: slot.start + used, width: slot.width - used)
    drawText(tags(download), room, row: row, style: state.theme.faint, into: &frame)
  }

  /// What the frame will make of the text: measured before it is cut.
  private func shown(_ text: String) -> String {
    state.capabilities.isUnicode ? text : ASCIIText.text(text)
  }
}

// MARK: - Texts of the cells

extension TableView {
  /// The size of the file; while nobody has told it, what has arrived and a `+`.
  private func size(_ download: Download) -> String {
    if let total = download.bytesTotal { return ByteCount.text(total) }
    guard let bytes = download.bytesDownloaded, bytes > 0 else { return state.glyphs.unknown }
    return ByteCount.text(bytes) + "+"
  }

  private func bar(_ download: Download, _ bar: ProgressBar) -> String {
    guard let elapsed = state.elapsedWithoutBytes(download) else { return bar.text(download) }
    return bar.text(elapsed: elapsed, isAlive: state.isAlive(download))
  }

  private func percent(_ download: Download) -> String {
    guard let percent = download.percent else { return state.glyphs.unknown }
    return "\(percent)%"
  }

  private func speed(_ download: Download) -> String {
    guard !download.status.isTerminal else { return "" }
    return download.bytesPerSecond.map(ByteCount.speedText) ?? state.glyphs.unknown
  }

  private func left(_ download: Download) -> String {
    guard !download.status.isTerminal else { return "" }
    return download.secondsLeft.map(DurationText.text) ?? state.glyphs.unknown
  }

  private func tags(_ download: Download) -> String { download.tags.joined(separator: ", ") }

  /// The text of a column that tells one plain fact; empty while it is unknown.
  private func fact(_ column: TableColumn, _ download: Download, _ index: Int) -> String {
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
      case .path: download.path
      case .id: String(download.id.uuidString.lowercased().prefix(8))
      default: nil
      }
    return text ?? ""
  }

  private func seconds(from date: Date, to now: Date) -> Int64 {
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
