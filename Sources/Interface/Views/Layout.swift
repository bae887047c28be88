/// Which rows belong to what; as the screen shrinks, the least needed go first.
struct Layout: Equatable {
  let header: Int?
  /// Titles of the columns or of the pane.
  let titles: Int?
  let body: Range<Int>
  let message: Int?
  let footer: Int?

  static let minimum = Size(columns: 16, rows: 3)

  init(_ size: Size) {
    let rows = size.rows
    header = rows > 0 ? 0 : nil
    titles = rows >= 7 ? 1 : nil
    footer = rows >= 5 ? rows - 1 : nil
    let message = rows >= 3 ? (footer ?? rows) - 1 : nil
    self.message = message
    let start = (titles ?? header ?? -1) + 1
    body = start..<max(start, message ?? rows)
  }

  static func isTooSmall(_ size: Size) -> Bool {
    size.columns < minimum.columns || size.rows < minimum.rows
  }
}
