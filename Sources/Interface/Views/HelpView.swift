/// Every action, what it does and its keys, made from the action table; those that match what is
/// searched for, one of them under the cursor.
struct HelpView {
  let state: State

  struct Line: Equatable {
    var keys: String
    var text: String
    /// The action's place among those shown; nil for headings and blank lines.
    var entry: Int?
    var isHeading: Bool
  }

  func draw(into frame: inout Frame) {
    if let row = state.layout.titles { drawTitle(row: row, into: &frame) }
    let lines = lines
    let width = keysWidth(frame.size.columns)
    let first = firstLine(of: lines)
    for (row, line) in zip(state.layout.body, lines.dropFirst(first)) {
      if line.isHeading {
        frame.write(line.text, column: 0, row: row, style: state.theme.title)
        continue
      }
      frame.write(
        line.keys, column: 2, row: row, style: state.theme.active, maximumWidth: width - 3)
      frame.write(line.text, column: line.entry == nil ? 2 : width, row: row)
      guard line.entry == state.help.cursor else { continue }
      if !line.keys.isEmpty { frame.write(">", column: 0, row: row) }
      frame.restyle(row: row) { $0 = Style(isBold: $0.isBold, isReversed: true) }
    }
  }

  private func drawTitle(row: Int, into frame: inout Frame) {
    let words = state.help.search.isEmpty ? "" : " that match \"\(state.help.search)\""
    let title = "Keys\(words); / searches, Enter does what is marked"
    frame.write(
      TextWidth.clipped(title, to: frame.size.columns, mark: state.glyphs.ellipsis), column: 0,
      row: row, style: state.theme.heading)
  }

  var lines: [Line] {
    let room = state.size.columns - keysWidth(state.size.columns)
    var lines: [Line] = []
    var entry = 0
    for group in state.help.groups(state.keys) {
      if !lines.isEmpty { lines.append(Line(keys: "", text: "", isHeading: true)) }
      lines.append(Line(keys: "", text: group.title, isHeading: true))
      for action in group.actions {
        lines += self.lines(action, entry: entry, width: room)
        entry += 1
      }
    }
    return state.help.search.isEmpty ? lines + legend : lines
  }

  /// What the marks of the table stand for that the help was opened over.
  private var legend: [Line] {
    let legend = StatusLegend(
      isStored: state.isLibrary, isUnicode: state.capabilities.isUnicode)
    let texts = ["", "Marks in the table"] + legend.lines(width: state.size.columns - 2)
    return texts.enumerated().map { index, text in
      Line(keys: "", text: text, isHeading: index < 2)
    }
  }

  private func lines(_ action: Action, entry: Int, width: Int) -> [Line] {
    let level = state.help.level
    let all =
      action.levels.contains(level)
      ? state.keys.keys(of: action, at: level) : state.keys.keys(of: action)
    let keys = all.map {
      $0.name(isUnicode: state.capabilities.isUnicode)
    }
    let name = keys.isEmpty ? ":\(action.name)" : keys.joined(separator: " ")
    return TextWrap.lines(action.help, width: width).enumerated().map { index, text in
      Line(keys: index == 0 ? name : "", text: text, entry: entry, isHeading: false)
    }
  }

  /// Keeps the marked action in sight, with its heading where that fits, and with the last one all that
  /// stands below.
  private func firstLine(of lines: [Line]) -> Int {
    let page = state.layout.body.count
    let last = lines.lastIndex { $0.entry == state.help.cursor } ?? 0
    let lowest = max(0, lines.count - page)
    if last == lines.lastIndex(where: { $0.entry != nil }) { return min(lowest, last) }
    return max(0, min(lowest, last - page * 2 / 3))
  }

  private func keysWidth(_ columns: Int) -> Int { columns < 40 ? 9 : 16 }
}
