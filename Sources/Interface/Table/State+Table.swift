import Downloads

/// How the table is read: the height of its rows, where the cursor goes, what is held back.
extension State {
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
