import Downloads

/// Finding downloads without hiding the others.
extension State {
  mutating func openSearch() -> [Command] {
    selectionBeforeFilter = list.selection
    return openPrompt(.search)
  }

  /// Finds while the words are typed, from where the cursor was.
  mutating func follow(search text: String) {
    list.search(for: text.isEmpty ? nil : Filter(text))
    list.select(selectionBeforeFilter)
    _ = list.find(by: 1, includingCursor: true)
  }

  mutating func findAgain(by step: Int) -> [Command] {
    guard let search = list.search, !list.find(by: step, includingCursor: false) else { return [] }
    say(.notice("Nothing matches \(search.text)."))
    return []
  }

  var whyNotFindAgain: String? {
    list.search == nil ? "Nothing was searched for yet; \(keyName("search")) does." : nil
  }
}
