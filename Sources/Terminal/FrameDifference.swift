import Interface

/// The cells in which a frame differs from the one before it.
struct FrameDifference {
  struct Change: Equatable {
    let column: Int
    let row: Int
    let cell: Cell
    /// Columns the cell's character takes: 1 or 2.
    let width: Int
  }

  /// In reading order. The right half of a wide character is never among them: it comes with the
  /// left one.
  let changes: [Change]

  /// - Parameters:
  ///   - old: nil when what stands on the screen is not known.
  ///   - bounds: cells outside of it are left out.
  init(from old: Frame?, to new: Frame, within bounds: Size) {
    let old = old?.size == new.size ? old : nil
    var changes: [Change] = []
    for row in 0..<min(new.size.rows, bounds.rows) {
      for column in 0..<min(new.size.columns, bounds.columns) {
        let cell = new[column, row]
        guard !cell.text.isEmpty, old?[column, row] != cell else { continue }
        let isWide = column + 1 < new.size.columns && new[column + 1, row].text.isEmpty
        changes.append(Change(column: column, row: row, cell: cell, width: isWide ? 2 : 1))
      }
    }
    self.changes = changes
  }
}
