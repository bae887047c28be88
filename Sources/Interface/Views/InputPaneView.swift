/// The four fields, scrolled so that the line being edited is seen.
struct InputPaneView {
  let state: State

  private var theme: Theme { state.theme }
  private var pane: InputPane { state.input }
  private static let indent = 2

  func draw(into frame: inout Frame) {
    if let row = state.layout.titles {
      let title = pane.draft.replaces == nil ? "Add downloads" : "Change a download"
      frame.write(title, column: 0, row: row, style: theme.heading)
    }
    let body = state.layout.body
    let rows = wrapped(pane.rows, width: frame.size.columns - Self.indent - 2)
    let cursor = cursorRow(in: rows)
    let first = firstRow(rows: rows, cursor: cursor, page: body.count)
    for (line, row) in zip(body, rows.dropFirst(first)) { draw(row, line: line, into: &frame) }
  }

  /// Remarks may be longer than the screen is wide; text is scrolled sideways instead.
  private func wrapped(_ rows: [InputPane.Row], width: Int) -> [InputPane.Row] {
    rows.flatMap { row -> [InputPane.Row] in
      switch row {
      case .problem(let text): marked(text, width: width).map(InputPane.Row.problem)
      case .note(let text): marked(text, width: width).map(InputPane.Row.note)
      default: [row]
      }
    }
  }

  private func marked(_ text: String, width: Int) -> [String] {
    TextWrap.lines(text, width: width - 2).enumerated().map { $0 == 0 ? "! \($1)" : "  \($1)" }
  }

  private func cursorRow(in rows: [InputPane.Row]) -> Int {
    let edited = pane[pane.focus].cursorPlace.line
    return rows.firstIndex { row in
      guard case .text(let field, let line, _) = row else { return false }
      return field == pane.focus && line == edited
    } ?? 0
  }

  /// Shows the top while it can, else the line being edited with its remark below it.
  private func firstRow(rows: [InputPane.Row], cursor: Int, page: Int) -> Int {
    var last = cursor
    while last + 1 < rows.count, last + 1 - cursor < page, isRemark(rows[last + 1]) { last += 1 }
    return max(0, min(last + 1 - page, cursor))
  }

  private func isRemark(_ row: InputPane.Row) -> Bool {
    switch row {
    case .problem, .note: true
    default: false
    }
  }

  private func draw(_ row: InputPane.Row, line: Int, into frame: inout Frame) {
    let column = Self.indent + 2
    switch row {
    case .label(let field): drawLabel(field, line: line, into: &frame)
    case .text(let field, let index, let text):
      drawText(text, field: field, index: index, line: line, into: &frame)
    case .problem(let text): frame.write(text, column: column, row: line, style: theme.bad)
    case .note(let text):
      frame.write(String(text.dropFirst(2)), column: column, row: line, style: theme.faint)
    case .blank: break
    }
  }

  private func drawLabel(_ field: InputPane.Field, line: Int, into frame: inout Frame) {
    let isFocused = field == pane.focus
    if isFocused { frame.write(">", column: 0, row: line, style: theme.active) }
    let style = isFocused ? theme.title : theme.plain
    let width = frame.write(field.label, column: Self.indent, row: line, style: style)
    frame.write(
      "(\(field.hint))", column: Self.indent + width + 1, row: line, style: theme.faint)
  }

  private func drawText(
    _ text: String, field: InputPane.Field, index: Int, line: Int, into frame: inout Frame
  ) {
    let place = pane[field].cursorPlace
    let isEdited = field == pane.focus && index == place.line
    let room = frame.size.columns - Self.indent
    let shown = FieldLine(
      text, offset: isEdited ? place.offset : nil,
      width: room)
    let width = frame.write(shown.text, column: Self.indent, row: line)
    guard isEdited else { return }
    frame.cursor = Position(column: Self.indent + shown.cursor, row: line)
    drawCompletion(after: Self.indent + width, line: line, into: &frame)
  }

  private func drawCompletion(after column: Int, line: Int, into frame: inout Frame) {
    guard let rest = pane.completion else { return }
    let width = frame.write(rest, column: column, row: line, style: theme.faint)
    let key = KeyPress.right.name(isUnicode: state.capabilities.isUnicode)
    frame.write(
      "(\(key) takes it)", column: column + width + 1, row: line, style: theme.faint)
  }
}
