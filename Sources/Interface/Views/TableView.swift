import Downloads

/// The downloads, one a row.
struct TableView {
  let state: State

  func draw(into frame: inout Frame) {
    let columns = TableColumns(width: frame.size.columns)
    drawTitles(columns, into: &frame)
    let body = state.layout.body
    guard !state.list.visible.isEmpty else {
      EmptyView(state: state).draw(into: &frame)
      return
    }
    let rows = state.list.offset..<min(state.list.visible.count, state.list.offset + body.count)
    for (line, row) in zip(body, rows) { drawRow(row, line: line, columns, into: &frame) }
  }

  private func drawTitles(_ columns: TableColumns, into frame: inout Frame) {
    guard let row = state.layout.titles else { return }
    for slot in columns.slots {
      drawText(slot.column.title, slot, row: row, style: state.theme.heading, into: &frame)
    }
  }

  private func drawRow(
    _ row: Int, line: Int, _ columns: TableColumns, into frame: inout Frame
  ) {
    let download = state.list.row(row)
    for slot in columns.slots { draw(download, slot, row: line, into: &frame) }
    if !columns.slots.contains(where: { $0.column == .tags }) {
      drawTagsAfterName(download, columns.slots[0], row: line, into: &frame)
    }
    guard row == state.list.selectedRow else { return }
    frame.write(">", column: 0, row: line, style: state.theme.title)
    // One colour over the whole row: reversed, the colours of its words would be patches.
    frame.restyle(row: line) { $0 = Style(isBold: $0.isBold, isReversed: true) }
  }

  private func draw(
    _ download: Download, _ slot: TableColumns.Slot, row: Int, into frame: inout Frame
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
      let bar = ProgressBar(width: slot.width, isUnicode: frame.isUnicode)
      drawText(self.bar(download, bar), slot, row: row, style: tone, into: &frame)
    case .percent: drawText(percent(download), slot, row: row, style: theme.plain, into: &frame)
    case .speed: drawText(speed(download), slot, row: row, style: theme.plain, into: &frame)
    case .left: drawText(left(download), slot, row: row, style: theme.plain, into: &frame)
    case .mark: drawText(mark, slot, row: row, style: tone, into: &frame)
    case .status: drawText("\(mark) \(label.word)", slot, row: row, style: tone, into: &frame)
    case .tags:
      drawText(tags(download), slot, row: row, style: theme.faint, into: &frame)
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
