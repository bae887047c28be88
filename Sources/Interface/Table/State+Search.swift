import Downloads

/// Finding downloads without hiding the others.
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
