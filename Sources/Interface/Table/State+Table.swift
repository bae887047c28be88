import Downloads

/// Order, marks, search and views of the table.
extension State {
  mutating func setOrder(_ order: TableOrder) -> [Command] {
    settings.table.order = order
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

  var tableColumns: TableColumns {
    TableColumns(width: size.columns, chosen: settings.table.columns)
  }

  mutating func changeRowHeight() -> [Command] {
    settings.table.linesPerRow = settings.table.linesPerRow % 3 + 1
    return [.saveSettings(settings)]
  }

  mutating func toggleFollowing() -> [Command] {
    list.isFollowing.toggle()
    say(
      .notice(
        list.isFollowing
          ? "The cursor follows its download." : "The cursor stays in its row."))
    return []
  }

  /// Holds news back, or takes the newest of what was held back.
  mutating func toggleFrozen() -> [Command] {
    isFrozen.toggle()
    if isFrozen { say(.notice("The screen is frozen; \(keyName("freeze")) lets it go on.")) }
    newsTakenAt = nil
    return takeHeldNews()
  }

  /// Esc at the table: marks first, then the filter.
  mutating func clearTable() -> [Command] {
    guard list.marked.isEmpty, list.anchor == nil else {
      list.clearMarks()
      return []
    }
    return clearFilter()
  }
}

// MARK: - Search

extension State {
  mutating func openSearch() -> [Command] {
    selectionBeforeFilter = list.selection
    return openPrompt(.search)
  }

  /// Finds while the words are typed, from where the cursor was.
  mutating func follow(search text: String) {
    search = text.isEmpty ? nil : Filter(text)
    list.select(selectionBeforeFilter)
    if let search { _ = list.find(search, by: 1, includingCursor: true) }
  }

  mutating func findAgain(by step: Int) -> [Command] {
    guard let search, !list.find(search, by: step, includingCursor: false) else { return [] }
    say(.notice("Nothing matches \(search.text)."))
    return []
  }

  var whyNotFindAgain: String? {
    search == nil ? "Nothing was searched for yet; \(keyName("search")) does." : nil
  }
}

// MARK: - Saved views

extension State {
  mutating func showView(_ key: String) -> [Command] {
    guard let view = settings.table.views[key] else {
      say(.notice("Nothing is saved at \(key); :save-view \(key) NAME saves what is shown."))
      return []
    }
    list.filter(by: view.filter)
    list.sort(by: view.order)
    settings.table.order = view.order
    say(.notice("View \(key): \(view.name)."))
    return [.saveSettings(settings)]
  }

  /// Saves filter and order of the table at a key, from `3` or `3 NAME`.
  mutating func saveView(_ text: String) -> [Command] {
    let key = String(text.prefix(1))
    guard let digit = key.first, digit.isASCII, digit.isNumber else {
      say(.problem("A view is saved at one of the keys 1 to 9 and 0."))
      return []
    }
    let name = String(text.dropFirst()).trimmingSpaces()
    settings.table.views[key] = TableSettings.SavedView(
      name: name.isEmpty ? list.filter.text : name, filter: list.filter.text, order: list.order)
    say(.success("Saved at \(key)."))
    return [.saveSettings(settings)]
  }
}

// MARK: - Columns

extension State {
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

  mutating func sortByMarked() -> [Command] {
    let column = TableColumn.allCases[columnCursor]
    closeLevel()
    return sort(by: column)
  }
}
