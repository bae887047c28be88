import Downloads

/// Filter, order and look of the table, saved at a key. A view is in front until its filter is cleared or
/// another one is shown; what is sorted or arranged meanwhile is kept by it.
extension State {
  /// The key of the view in front; nil while there is none.
  var viewKey: String? { list.view.flatMap { table.views[$0] == nil ? nil : $0 } }

  /// The view in front; nil while there is none.
  var view: SavedView? { viewKey.flatMap { table.views[$0] } }

  /// The columns and the height of rows that hold now.
  var tableLook: TableLook { view?.look ?? table.look }

  /// Changes how the table looks: for the view in front where it has a look of its own.
  mutating func changeLook(_ change: (inout TableLook) -> Void) -> [Command] {
    if let key = viewKey, var look = table.views[key]?.look {
      change(&look)
      table.views[key]?.look = look
    } else {
      change(&table.look)
    }
    return [.saveSettings(settings)]
  }

  mutating func showView(_ key: String) -> [Command] {
    guard let view = table.views[key] else {
      say(.notice("Nothing is saved at \(key); :save-view \(key) NAME saves what is shown."))
      return []
    }
    list.view = key
    list.filter(by: view.filter)
    list.sort(by: view.order)
    return []
  }

  /// Back to the table without a view, in the order that it has then.
  mutating func leaveView() {
    guard list.view != nil else { return }
    list.view = nil
    list.sort(by: table.order)
  }

  /// Saves how the table is filtered, sorted and arranged at a key, from `3` or `3 NAME`.
  mutating func saveView(_ text: String) -> [Command] {
    let key = String(text.prefix { $0 != " " })
    guard key.count == 1, let digit = key.first, digit.isASCII, digit.isNumber else {
      say(.problem("A view is saved at one of the keys 1 to 9 and 0."))
      return []
    }
    guard list.filter.mistake == nil else {
      say(.problem("The filter has a mistake; a view needs one that means something."))
      return []
    }
    let name = String(text.dropFirst(key.count)).trimmingSpaces()
    let filter = list.filter.text.trimmingSpaces()
    table.views[key] = SavedView(
      name: !name.isEmpty ? name : filter.isEmpty ? "all" : filter, filter: filter,
      order: list.order, look: tableLook)
    list.view = key
    say(.success("Saved at \(key)."))
    return [.saveSettings(settings)]
  }
}
