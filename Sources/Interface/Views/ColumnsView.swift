/// The columns there are: those that are shown first, in their order.
struct ColumnsView {
  let state: State

  func draw(into frame: inout Frame) {
    if let row = state.layout.titles {
      frame.write("Columns", column: 0, row: row, style: state.theme.heading)
    }
    let shown = Set(state.tableLook.columns ?? state.tableColumns.slots.map(\.column))
    let lines = state.arrangedColumns.map { column in
      (shown.contains(column) ? "[x] " : "[ ] ") + column.rawValue
    }
    PaneList(state: state, lines: lines, notes: state.arrangedColumns.map(\.explanation))
      .draw(into: &frame)
  }
}

/// The columns to sort by; the ones that are sorted by are marked.
struct SortingView {
  let state: State

  func draw(into frame: inout Frame) {
    if let row = state.layout.titles {
      frame.write(
        state.isLibrary ? "Sort by" : "Sort by; the queue keeps its own order", column: 0, row: row,
        style: state.theme.heading)
    }
    let lines = state.columnChoices.map { column in
      let place = state.list.order.keys.firstIndex { $0.column == column }
      let arrow = place.map { state.glyphs.arrow(of: state.list.order.keys[$0]) + "\($0 + 1) " }
      return (arrow ?? "   ") + (column == .position ? state.ownOrderName : column.rawValue)
    }
    let notes = state.columnChoices.map { column in
      column == .position && state.isLibrary ? "when it was stored" : column.explanation
    }
    PaneList(state: state, lines: lines, notes: notes)
      .draw(into: &frame)
  }
}

/// Lines with a note each, one of them under the cursor, which stays in sight.
private struct PaneList {
  let state: State
  let lines: [String]
  let notes: [String]

  func draw(into frame: inout Frame) {
    let body = state.layout.body
    let first = max(0, min(state.columnCursor - body.count / 2, lines.count - body.count))
    for (row, index) in zip(body, lines.indices.dropFirst(first)) {
      frame.write(lines[index], column: 2, row: row)
      frame.write(notes[index], column: 19, row: row, style: state.theme.faint)
      guard index == state.columnCursor else { continue }
      frame.write(">", column: 0, row: row)
      frame.restyle(row: row) { $0 = Style(isBold: $0.isBold, isReversed: true) }
    }
  }
}

extension Glyphs {
  func arrow(of key: TableOrder.Key) -> String {
    isUnicode ? (key.isDescending ? "▼" : "▲") : (key.isDescending ? "v" : "^")
  }
}
