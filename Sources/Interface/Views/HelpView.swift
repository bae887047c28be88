/// Every key and what it does, made from the key table.
struct HelpView {
  let state: State

  struct Line: Equatable {
    var keys: String
    var text: String
    var isHeading: Bool
  }

  func draw(into frame: inout Frame) {
    if let row = state.layout.titles {
      frame.write("Keys", column: 0, row: row, style: state.theme.heading)
    }
    let lines = lines
    let width = keysWidth(frame.size.columns)
    for (row, line) in zip(state.layout.body, lines.dropFirst(state.firstLine(of: lines.count))) {
      if line.isHeading {
        frame.write(line.text, column: 0, row: row, style: state.theme.title)
      } else {
        frame.write(
          line.keys, column: 2, row: row, style: state.theme.active, maximumWidth: width - 3)
        frame.write(line.text, column: width, row: row)
      }
    }
  }

  var lines: [Line] {
    let room = state.size.columns - keysWidth(state.size.columns)
    return ActionTable.groups.flatMap { group in
      [Line(keys: "", text: group.title, isHeading: true)]
        + group.actions.flatMap { lines($0, width: room) }
        + [Line(keys: "", text: "", isHeading: true)]
    }
  }

  private func lines(_ action: Action, width: Int) -> [Line] {
    let keys = state.keys.keys(of: action).map { $0.name(isUnicode: state.capabilities.isUnicode) }
      .joined(separator: " ")
    return TextWrap.lines(action.help, width: width).enumerated().map { index, text in
      Line(keys: index == 0 ? keys : "", text: text, isHeading: false)
    }
  }

  private func keysWidth(_ columns: Int) -> Int { columns < 40 ? 9 : 16 }
}
