import Downloads

extension DownloadList {
  /// Puts the cursor on the next row that matches, from the cursor on or behind it, and around.
  ///
  /// - Parameter step: 1 forwards, -1 backwards.
  /// - Returns: false when no row matches.
  mutating func find(_ query: Filter, by step: Int, includingCursor: Bool) -> Bool {
    guard let selectedRow else { return false }
    let count = visible.count
    for distance in (includingCursor ? 0 : 1)...count {
      let row = ((selectedRow + distance * step) % count + count) % count
      guard query.matches(downloads[visible[row]], context) else { continue }
      select(row: row)
      return true
    }
    return false
  }
}
