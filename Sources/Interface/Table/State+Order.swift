import Downloads

/// In which order the table's rows stand.
extension State {
  mutating func setOrder(_ order: TableOrder) -> [Command] {
    if let viewKey {
      settings.table.views[viewKey]?.order = order
    } else {
      settings.table.order = order
    }
    list.sort(by: order)
    say(.notice(orderSentence))
    return [.saveSettings(settings)]
  }

  mutating func sort(by column: TableColumn) -> [Command] {
    var order = list.order
    order.sort(by: column)
    return setOrder(order)
  }

  /// Sorts by a column of this name; `queue` brings the queue's own order back.
  mutating func sort(named name: String) -> [Command] {
    if name.isEmpty { return open(.sorting) }
    if name == "queue" { return setOrder(.queue) }
    guard let column = TableColumn(rawValue: name) else {
      say(.problem("There is no column \(name)."))
      return []
    }
    return sort(by: column)
  }

  mutating func sortByMarked() -> [Command] {
    let column = TableColumn.allCases[columnCursor]
    closeLevel()
    return sort(by: column)
  }

  /// Sorts by the column beside the one that is sorted by.
  mutating func sortByNeighbour(_ step: Int) -> [Command] {
    let columns = tableColumns.slots.map(\.column).filter { $0 != .mark }
    let current = list.order.keys.first.flatMap { columns.firstIndex(of: $0.column) }
    let next = current.map { ($0 + step + columns.count) % columns.count } ?? 0
    var order = TableOrder.queue
    order.sort(by: columns[next])
    return setOrder(order)
  }

  mutating func invertOrder() -> [Command] {
    var order = list.order
    order.invert()
    return setOrder(order)
  }

  var whyNotInvert: String? {
    list.order.isQueue ? "The rows stand in the order of the queue." : nil
  }

  private var orderSentence: String {
    guard !list.order.isQueue else { return "In the order of the queue." }
    let keys = list.order.keys.map { key in
      (key.column.title.isEmpty ? key.column.rawValue : key.column.title.lowercased())
        + (key.isDescending ? ", highest first" : "")
    }
    return "Sorted by \(keys.joined(separator: ", then ")); the queue keeps its own order."
  }
}
