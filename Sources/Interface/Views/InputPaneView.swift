/// The four fields, scrolled so that the line being edited is seen.
struct InputPaneView {
  let state: State

  private var theme: Theme { state.theme }
  private var pane: InputPane { state.input }
  private static let indent = 2

  func draw(into frame: inout Frame) {
    drawTitle(into: &frame)
    let body = state.layout.body
    for (line, row) in zip(body, visibleRows(body.count)) { draw(row, line: line, into: &frame) }
  }

  private func drawTitle(into frame: inout Frame) {
    guard let row = state.layout.titles else { return }
    let title = pane.isChange ? "Change a download" : "Add downloads"
    let width = frame.write(title, column: 0, row: row, style: theme.heading)
    let need = state.spaceNeed
    guard let text = need.text(room: frame.size.columns - width - 2) else { return }
    frame.write(
      text, column: frame.size.columns - TextWidth.columns(of: text), row: row,
      style: need.fits ? theme.faint : theme.warning)
  }

  /// As many rows as fit, without looking at lines that do not: the top while it can be shown, else
  /// the line being edited with its remarks at the bottom.
  private func visibleRows(_ page: Int) -> [InputPane.Row] {
    let edited = pane.editedPlace
    let own = Array(rows(of: edited).prefix(page))
    var above: [InputPane.Row] = []
    var next: InputPane.LinePlace? = edited
    while above.count < page - own.count, let place = next {
      if place != edited { above = rows(of: place) + above }
      above = pane.heading(of: place) + above
      next = pane.place(before: place)
    }
    var rows = above.suffix(max(0, page - own.count)) + own
    next = pane.place(after: edited)
    while rows.count < page, let place = next {
      rows += pane.heading(of: place) + self.rows(of: place)
      next = pane.place(after: place)
    }
    return Array(rows)
  }

  /// Remarks may be longer than the screen is wide; text is scrolled sideways instead.
  private func rows(of place: InputPane.LinePlace) -> [InputPane.Row] {
    let width = state.size.columns - Self.indent - 4
    return pane.rows(of: place).flatMap { row -> [InputPane.Row] in
      switch row {
      case .problem(let text): marked(text, width: width).map(InputPane.Row.problem)
      case .note(let text): TextWrap.lines(text, width: width).map(InputPane.Row.note)
      default: [row]
      }
    }
  }

  private func marked(_ text: String, width: Int) -> [String] {
    TextWrap.lines(text, width: width).enumerated().map { $0 == 0 ? "! \($1)" : "  \($1)" }
  }

  private func draw(_ row: InputPane.Row, line: Int, into frame: inout Frame) {
    let column = Self.indent + 2
    switch row {
    case .label(let field): drawLabel(field, line: line, into: &frame)
    case .text(let field, let index, let text):
      drawText(text, field: field, index: index, line: line, into: &frame)
    case .problem(let text): frame.write(text, column: column, row: line, style: theme.bad)
    case .note(let text): frame.write(text, column: column, row: line, style: theme.faint)
    case .suggestion(let name, let isMarked):
      if isMarked { frame.write(">", column: Self.indent, row: line, style: theme.active) }
      frame.write(name, column: column, row: line, style: isMarked ? theme.title : theme.faint)
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
    let shown = FieldLine(text, offset: isEdited ? place.offset : nil, width: room)
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
