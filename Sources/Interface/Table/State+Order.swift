import Downloads

/// In which order the table's rows stand.
extension State {
  mutating func setOrder(_ order: TableOrder) -> [Command] {
    if let viewKey {
      table.views[viewKey]?.order = order
    } else {
      table.order = order
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

  /// Sorts by a column of this name; the name of the list's own order brings that back.
  mutating func sort(named name: String) -> [Command] {
    if name.isEmpty { return open(.sorting) }
    if name == ownOrderName { return setOrder(.queue) }
    guard let column = TableColumn(rawValue: name), columnChoices.contains(column) else {
      say(.problem("There is no column \(name)."))
      return []
    }
    return sort(by: column)
  }

  mutating func sortByMarked() -> [Command] {
    let column = columnChoices[columnCursor]
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
    guard list.order.isQueue else { return nil }
    return isLibrary ? "The newest stand first." : "The rows stand in the order of the queue."
  }

  /// What `:sort` takes.
  var sortNames: [String] {
    [ownOrderName] + columnChoices.filter { $0 != .position }.map(\.rawValue)
  }

  /// What the order without any column is called.
  var ownOrderName: String { isLibrary ? "newest" : TableOrder.queueName }

  private var orderSentence: String {
    guard !list.order.isQueue else {
      return isLibrary ? "The newest first." : "In the order of the queue."
    }
    let keys = list.order.keys.map { key in
      (key.column.title.isEmpty ? key.column.rawValue : key.column.title.lowercased())
        + (key.isDescending ? ", highest first" : "")
    }
    let sentence = "Sorted by \(keys.joined(separator: ", then "))"
    return sentence + (isLibrary ? "." : "; the queue keeps its own order.")
  }
}
