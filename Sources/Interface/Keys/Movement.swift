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
