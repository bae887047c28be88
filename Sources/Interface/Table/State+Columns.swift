import Downloads

/// Which columns the table has.
extension State {
  var tableColumns: TableColumns {
    TableColumns(width: size.columns, chosen: settings.table.columns)
  }

  /// All columns, those that are shown first and in their order.
  var arrangedColumns: [TableColumn] {
    let shown = settings.table.columns ?? tableColumns.slots.map(\.column)
    return shown + TableColumn.allCases.filter { !shown.contains($0) }
  }

  private mutating func changeColumns(_ change: (inout [TableColumn]) -> Void) -> [Command] {
    var columns = settings.table.columns ?? tableColumns.slots.map(\.column)
    change(&columns)
    settings.table.columns = columns
    return [.saveSettings(settings)]
  }

  mutating func toggleColumn() -> [Command] {
    let column = arrangedColumns[columnCursor]
    guard column != .name else {
      say(.notice("The name is always shown."))
      return []
    }
    return changeColumns { columns in
      if let place = columns.firstIndex(of: column) {
        columns.remove(at: place)
      } else {
        columns.append(column)
      }
    }
  }

  mutating func moveColumn(by step: Int) -> [Command] {
    let place = columnCursor
    let count = (settings.table.columns ?? tableColumns.slots.map(\.column)).count
    guard place < count, (0..<count).contains(place + step) else { return [] }
    columnCursor = place + step
    return changeColumns { $0.swapAt(place, place + step) }
  }

  mutating func resetColumns() -> [Command] {
    settings.table.columns = nil
    columnCursor = 0
    return [.saveSettings(settings)]
  }
}
