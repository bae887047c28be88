import Downloads

/// One picture of the screen: a grid of cells.
///
/// Whatever is written is made harmless and clipped, so a cell never holds a control character and
/// a wide character never stands in the last column, where terminals would wrap it.
public struct Frame: Sendable, Equatable {
  public let size: Size
  /// False where the terminal shows ASCII only: every other character is written as `?`.
  public let isUnicode: Bool
  /// Row by row from the upper left.
  public private(set) var cells: [Cell]
  /// Where the terminal's cursor stands; nil while it is hidden.
  public var cursor: Position?

  public init(size: Size, isUnicode: Bool = true) {
    self.size = size
    self.isUnicode = isUnicode
    cells = Array(repeating: .blank, count: size.columns * size.rows)
  }

  public subscript(column: Int, row: Int) -> Cell {
    cells[row * size.columns + column]
  }

  /// The row's characters without the blanks at its end.
  public func text(_ row: Int) -> String {
    var text = ""
    for column in 0..<size.columns { text += self[column, row].text }
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The characters of some columns of a row.
  func text(_ row: Int, columns: Range<Int>) -> String {
    guard (0..<size.rows).contains(row) else { return "" }
    return columns.clamped(to: 0..<size.columns).map { self[$0, row].text }.joined()
  }

  /// Writes text from a cell to the right; what does not fit is left out.
  ///
  /// - Returns: the columns written.
  @discardableResult
  public mutating func write(
    _ text: String, column: Int, row: Int, style: Style = .standard, maximumWidth: Int = .max
  ) -> Int {
    guard (0..<size.rows).contains(row), (0..<size.columns).contains(column), maximumWidth > 0
    else { return 0 }
    let end = column + min(maximumWidth, size.columns - column)
    guard !TextWidth.isPlain(text) else {
      for (column, byte) in zip(column..<end, text.utf8) {
        put(TextWidth.Cluster(plain: byte), column: column, row: row, style: style)
      }
      return min(text.utf8.count, end - column)
    }
    var position = column
    // A character takes at least one column, but for joiners standing alone.
    let visible = String(text.prefix((end - column) * 4))
    for cluster in TextWidth.clusters(of: visible) {
      guard position + shownWidth(cluster) <= end else { break }
      put(cluster, column: position, row: row, style: style)
      position += shownWidth(cluster)
    }
    return position - column
  }

  /// Puts cells of one column each from a place to the right; what does not fit is left out.
  mutating func put(_ cells: [Cell], column: Int, row: Int) {
    for (offset, cell) in cells.enumerated() {
      write(cell.text, column: column + offset, row: row, style: cell.style)
    }
  }

  /// Changes the style of a row's cells, or of some of its columns, and leaves their text.
  public mutating func restyle(
    row: Int, columns: Range<Int>? = nil, _ change: (inout Style) -> Void
  ) {
    guard (0..<size.rows).contains(row) else { return }
    let all = 0..<size.columns
    for column in (columns ?? all).clamped(to: all) {
      change(&cells[row * size.columns + column].style)
    }
  }

  private func shownWidth(_ cluster: TextWidth.Cluster) -> Int {
    isUnicode || cluster.text.utf8.count == 1 ? cluster.width : 1
  }

  private mutating func put(_ cluster: TextWidth.Cluster, column: Int, row: Int, style: Style) {
    let index = row * size.columns + column
    separateHalves(at: index, column: column)
    guard isUnicode || cluster.text.utf8.count == 1 else {
      cells[index] = Cell(text: "?", style: style)
      return
    }
    cells[index] = Cell(text: cluster.text, style: style)
    guard cluster.width == 2 else { return }
    separateHalves(at: index + 1, column: column + 1)
    cells[index + 1] = Cell(text: "", style: style)
  }

  /// Blanks the other half of a wide character that is about to lose one of its halves.
  private mutating func separateHalves(at index: Int, column: Int) {
    if cells[index].text.isEmpty, column > 0 { cells[index - 1].text = " " }
    if column + 1 < size.columns, cells[index + 1].text.isEmpty { cells[index + 1].text = " " }
    cells[index].text = " "
  }
}
