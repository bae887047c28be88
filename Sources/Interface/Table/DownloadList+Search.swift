import Downloads

extension DownloadList {
  /// Looks for something else; nil looks for nothing.
  mutating func search(for query: Filter?) {
    search = query
    keepSearchTexts()
  }

  /// Puts the cursor on the next row that was searched for, from the cursor on or behind it, and
  /// around.
  ///
  /// - Parameter step: 1 forwards, -1 backwards.
  /// - Returns: false when there is none.
  mutating func find(by step: Int, includingCursor: Bool) -> Bool {
    guard let selectedRow else { return false }
    let count = visible.count
    for distance in (includingCursor ? 0 : 1)...count {
      let row = ((selectedRow + distance * step) % count + count) % count
      guard isFound(row) else { continue }
      select(row: row)
      return true
    }
    return false
  }

  /// Whether a row is one that was searched for.
  func isFound(_ row: Int) -> Bool {
    guard let search else { return false }
    return search.matches(visible[row], of: downloads, context, searchTexts)
  }
}
