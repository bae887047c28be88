/// Opening and closing what lies over the table, and moving in it.
extension State {
  /// What the keys go to.
  var level: Level { levels.current }

  @discardableResult
  mutating func open(_ level: Level) -> [Command] {
    levels.open(level)
    scrolls[level] = 0
    return []
  }

  @discardableResult
  mutating func closeLevel() -> [Command] {
    levels.close()
    return []
  }

  /// Moves the cursor of a list, or a text.
  mutating func move(_ movement: Movement) {
    switch level {
    case .detail: scroll(movement, lines: DetailView(state: self, area: wholeArea).lines.count)
    case .asset: scroll(movement, lines: AssetView(state: self, area: wholeArea).lines.count)
    case .help:
      let count = help.actions(keys).count
      // Headings stand between the actions: half a page of them is about a page of lines.
      help.cursor = movement.applied(to: help.cursor, count: count, page: layout.body.count / 2)
    case .log: scroll(movement, lines: LogView(state: self).lines.count)
    case .picker: movePicker(movement)
    case .columns, .sorting:
      columnCursor = movement.applied(
        to: columnCursor, count: columnChoices.count, page: layout.body.count)
    case .table, .library, .input, .prompt, .copying: list.move(movement, page: rowsPerPage)
    }
  }

  private mutating func scroll(_ movement: Movement, lines: Int) {
    let page = layout.body.count
    scrolls[level] = movement.applied(
      to: firstLine(of: lines), count: max(1, lines - page + 1), page: page)
  }

  /// First line shown of the uppermost pane's text with so many lines: as scrolled, but never past
  /// its end.
  func firstLine(of count: Int) -> Int {
    max(0, min(scrolls[levels.currentPane, default: 0], count - layout.body.count))
  }
}
