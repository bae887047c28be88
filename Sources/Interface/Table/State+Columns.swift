import Downloads

/// Which columns the table has.
extension State {
  var tableColumns: TableColumns {
    TableColumns(
      width: tableWidth, chosen: tableLook.columns, isStored: list.context.isStored)
  }

  /// The columns that the list in front can have.
  var columnChoices: [TableColumn] {
    isLibrary ? TableColumn.ofStoredFiles : TableColumn.allCases
  }

  /// All columns, those that are shown first and in their order.
  var arrangedColumns: [TableColumn] {
    let shown = tableLook.columns ?? tableColumns.slots.map(\.column)
    return shown + columnChoices.filter { !shown.contains($0) }
  }

  private mutating func changeColumns(_ change: (inout [TableColumn]) -> Void) -> [Command] {
    var columns = tableLook.columns ?? tableColumns.slots.map(\.column)
    change(&columns)
    return changeLook { $0.columns = columns }
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
    let count = (tableLook.columns ?? tableColumns.slots.map(\.column)).count
    guard place < count, (0..<count).contains(place + step) else { return [] }
    columnCursor = place + step
    return changeColumns { $0.swapAt(place, place + step) }
  }

  mutating func resetColumns() -> [Command] {
    columnCursor = 0
    return changeLook { $0.columns = nil }
  }
}
