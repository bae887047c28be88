import Downloads
import Foundation

/// The downloads, one a row of one to three lines.
struct TableView {
  let state: State

  var linesPerRow: Int { state.tableLook.linesPerRow }

  var cells: CellText {
    CellText(glyphs: state.glyphs, context: state.list.context, now: state.now)
  }

  func draw(into frame: inout Frame) {
    let columns = state.tableColumns
    drawTitles(columns, into: &frame)
    guard !state.list.visible.isEmpty else {
      EmptyView(state: state).draw(into: &frame)
      return
    }
    let body = state.tableBody
    let rows =
      state.list
      .offset..<min(
        state.list.visible.count, state.list.offset + state.rowsPerPage)
    let range = state.list.range
    for (place, row) in rows.enumerated() {
      let line = body.lowerBound + place * linesPerRow
      drawRow(row, line: line, columns, into: &frame)
      drawMarks(row, line: line, isInRange: range?.contains(row) == true, into: &frame)
    }
  }

  private func drawTitles(_ columns: TableColumns, into frame: inout Frame) {
    guard let row = state.layout.titles else { return }
    for slot in columns.slots {
      let title = slot.column.title + arrow(of: slot.column)
      drawText(title, slot, row: row, style: state.theme.heading, into: &frame)
      if slot.column == .name {
        drawStanding(columns, after: TextWidth.columns(of: title), slot, row: row, into: &frame)
      }
    }
  }

  /// What holds for the whole table, behind the title of the names: the view in front, and the columns
  /// that it is sorted by and does not show.
  private func drawStanding(
    _ columns: TableColumns, after width: Int, _ slot: TableColumns.Slot, row: Int,
    into frame: inout Frame
  ) {
    var words: [String] = []
    if let key = state.viewKey, let view = state.view { words.append("\(key) \(view.name)") }
    for key in state.list.order.keys where columns.slot(key.column) == nil {
      words.append("by \(key.column.rawValue)\(arrow(of: key.column))")
    }
    let room = TableColumns.Slot(
      column: .name, start: slot.start + width + 2, width: slot.width - width - 2)
    guard !words.isEmpty, room.width > 3 else { return }
    let text = words.joined(separator: " \(state.glyphs.separator) ")
    drawText(text, room, row: row, style: state.theme.title, into: &frame)
  }

  /// How the table is sorted by a column: `▲`, or `▲2` where another column comes first.
  private func arrow(of column: TableColumn) -> String {
    let keys = state.list.order.keys
    guard let place = keys.firstIndex(where: { $0.column == column }) else { return "" }
    return state.glyphs.arrow(of: keys[place]) + (place == 0 ? "" : "\(place + 1)")
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
    drawFurtherLines(download, columns, below: line, into: &frame)
    if state.list.isFound(row) {
      underlineFound(download, columns, lines: line..<line + linesPerRow, into: &frame)
    }
  }

  /// What tells of the row as a row: marked, part of a range, under the cursor.
  private func drawMarks(_ row: Int, line: Int, isInRange: Bool, into frame: inout Frame) {
    if isInRange || state.list.marked.contains(state.list.row(row).id) {
      frame.write("*", column: 1, row: line, style: state.theme.title)
    }
    guard row == state.list.selectedRow else { return }
    frame.write(">", column: 0, row: line, style: state.theme.title)
    // One colour over the whole row: reversed, the colours of its words would be patches.
    for line in line..<(line + linesPerRow) {
      frame.restyle(row: line, columns: 0..<state.tableWidth) {
        $0 = Style(isBold: $0.isBold, isUnderlined: $0.isUnderlined, isReversed: true)
      }
    }
  }

  /// What is drawn at a cell.
  enum Hit: Equatable {
    case title(TableColumn)
    /// Its place among the visible ones.
    case row(Int)
  }

  func hit(_ position: Position) -> Hit? {
    if position.row == state.layout.titles, position.column < state.tableWidth {
      return state.tableColumns.slots.last { $0.start <= position.column }.map {
        .title($0.column)
      }
    }
    guard state.tableBody.contains(position.row), position.column < state.tableWidth else {
      return nil
    }
    let row =
      state.list.offset + (position.row - state.tableBody.lowerBound) / linesPerRow
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
    case .size: drawText(cells.size(download), slot, row: row, style: theme.plain, into: &frame)
    case .done: drawText(cells.done(download), slot, row: row, style: theme.plain, into: &frame)
    case .bar:
      let bar = ProgressBar(width: slot.width, isUnicode: state.drawsFineBars)
      drawText(self.bar(download, bar), slot, row: row, style: tone, into: &frame)
    case .percent:
      drawText(cells.percent(download), slot, row: row, style: theme.plain, into: &frame)
    case .speed: drawText(cells.speed(download), slot, row: row, style: theme.plain, into: &frame)
    case .left: drawText(cells.left(download), slot, row: row, style: theme.plain, into: &frame)
    case .mark: drawText(mark, slot, row: row, style: tone, into: &frame)
    case .status: drawText("\(mark) \(label.word)", slot, row: row, style: tone, into: &frame)
    case .tags:
      drawText(cells.tags(download), slot, row: row, style: theme.faint, into: &frame)
    case .error:
      drawText(download.failure?.message ?? "", slot, row: row, style: theme.bad, into: &frame)
    default:
      drawText(
        cells.fact(slot.column, download, index), slot, row: row, style: theme.plain, into: &frame)
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
    drawText(cells.tags(download), room, row: row, style: state.theme.faint, into: &frame)
  }

  private func bar(_ download: Download, _ bar: ProgressBar) -> String {
    guard let elapsed = state.elapsedWithoutBytes(download) else { return bar.text(download) }
    return bar.text(elapsed: elapsed, isAlive: state.isAlive(download))
  }

  /// What the frame will make of the text: measured before it is cut.
  func shown(_ text: String) -> String {
    state.capabilities.isUnicode ? text : ASCIIText.text(text)
  }
}
