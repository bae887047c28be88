import Downloads

/// Filter and order of the table, saved at a key.
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
