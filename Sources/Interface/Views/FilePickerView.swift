import Downloads

/// The files behind a link, one a row: whether it is chosen, size, format, folder and path.
struct FilePickerView {
  let state: State
  let picker: FilePicker

  private var theme: Theme { state.theme }

  func draw(into frame: inout Frame) {
    drawTitle(into: &frame)
    let columns = picker.columns.fitting(frame.size.columns)
    let rows = picker.rows.dropFirst(picker.offset)
    for (line, index) in zip(state.layout.body, rows.indices) {
      draw(rows[index], isCurrent: index == picker.row, line: line, columns, into: &frame)
    }
    guard rows.isEmpty, let line = state.layout.body.first else { return }
    frame.write("No file matches.", column: 0, row: line, style: theme.faint)
  }

  private func drawTitle(into frame: inout Frame) {
    guard let row = state.layout.titles else { return }
    let sum = sum
    let room = frame.size.columns - TextWidth.columns(of: sum) - 2
    let title = TextWidth.shortened(
      picker.preview.title, to: max(0, room), mark: state.glyphs.ellipsis)
    frame.write(title, column: 0, row: row, style: theme.heading, maximumWidth: max(0, room))
    frame.write(
      sum, column: frame.size.columns - TextWidth.columns(of: sum), row: row, style: theme.plain)
  }

  /// `3 of 12 files, 14 GB`.
  private var sum: String {
    let totals = LinkTotals(picker.chosenFiles)
    let count = "\(totals.files) of \(counted(picker.files.count, "file"))"
    guard totals.files > 0, totals.filesOfUnknownSize < totals.files else { return count }
    return "\(count), \(totals.filesOfUnknownSize > 0 ? "> " : "")\(ByteCount.text(totals.bytes))"
  }

  private func draw(
    _ row: FilePicker.Row, isCurrent: Bool, line: Int, _ columns: FilePickerColumns,
    into frame: inout Frame
  ) {
    switch row {
    case .heading(let text):
      frame.write(
        TextWidth.clipped(text, to: frame.size.columns, mark: state.glyphs.ellipsis), column: 0,
        row: line, style: theme.title)
    case .file(let place):
      draw(picker.files[place], isChosen: picker.isChosen(place), line, columns, into: &frame)
      if isCurrent { frame.restyle(row: line) { $0.isReversed = true } }
    }
  }

  private func draw(
    _ file: LinkPreview.File, isChosen: Bool, _ line: Int, _ columns: FilePickerColumns,
    into frame: inout Frame
  ) {
    frame.write(
      isChosen ? "[x]" : "[ ]", column: 0, row: line, style: isChosen ? theme.good : theme.faint)
    var column = 4
    for (text, width) in zip(columns.texts(of: file), columns.widths) {
      frame.write(text, column: column, row: line, style: theme.faint, maximumWidth: width)
      column += width + 2
    }
    let remark = remark(on: file)
    let room = frame.size.columns - column - (remark.isEmpty ? 0 : remark.count + 1)
    let path = FileNameText.shortened(file.path, to: room, mark: state.glyphs.ellipsis)
    let style = file.format.isModel ? theme.plain : theme.faint
    let width = frame.write(path, column: column, row: line, style: style, maximumWidth: room)
    frame.write(
      remark, column: column + width + 1, row: line,
      style: file.warnings.isEmpty ? theme.faint : theme.bad)
  }

  /// What is known of the file beside its facts, in a word.
  private func remark(on file: LinkPreview.File) -> String {
    if !file.warnings.isEmpty { return "unsafe!" }
    guard let status = state.input.known[file.reference.canonicalURL] else { return "" }
    return status == .completed ? "here" : "listed"
  }
}
