/// What a key can do.
enum Action: Sendable, Hashable {
  case move(Movement)
  case add, openDetail, openHelp, openFilter, cancel, retry, editAgain, check
  /// Go back a level; at the table, clear the filter.
  case back
  case leave, redraw, suspend
  case keepFilter, clearFilter
  case submit, nextField, previousField, newLine, complete, closeInput
  case edit(TextField.Edit)
  case lineUp, lineDown
}

/// A step through a list or a text.
enum Movement: Sendable, Hashable {
  case lineUp, lineDown, halfPageUp, halfPageDown, pageUp, pageDown, top, bottom

  /// The new position when `position` of `count` is shown on pages of `page` lines.
  func applied(to position: Int, count: Int, page: Int) -> Int {
    let page = max(1, page)
    let target =
      switch self {
      case .lineUp: position - 1
      case .lineDown: position + 1
      case .halfPageUp: position - max(1, page / 2)
      case .halfPageDown: position + max(1, page / 2)
      case .pageUp: position - page
      case .pageDown: position + page
      case .top: 0
      case .bottom: count - 1
      }
    return max(0, min(target, count - 1))
  }
}
