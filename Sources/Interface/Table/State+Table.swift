import Downloads

/// How the table is read: the height of its rows, where the cursor goes, what is held back.
extension State {
  mutating func changeRowHeight() -> [Command] {
    changeLook { $0.linesPerRow = $0.linesPerRow % 3 + 1 }
  }

  mutating func toggleFollowing() -> [Command] {
    list.isFollowing.toggle()
    table.isFollowing = list.isFollowing
    say(
      .notice(
        list.isFollowing
          ? "The cursor follows its download." : "The cursor stays in its row."))
    return [.saveSettings(settings)]
  }

  /// Holds news back, or takes the newest of what was held back.
  mutating func toggleFrozen() -> [Command] {
    isFrozen.toggle()
    guard !isFrozen else {
      say(.notice("The screen is frozen; \(keyName("freeze")) lets it go on."))
      return []
    }
    newsTakenAt = nil
    if let heldLibrary { update(heldLibrary) }
    heldLibrary = nil
    return takeHeldNews()
  }

  /// Esc at the table: a range that was begun, then the marks, then filter and view.
  mutating func clearTable() -> [Command] {
    guard list.anchor == nil else {
      list.abandonRange()
      return []
    }
    guard list.marked.isEmpty else {
      list.clearMarks()
      return []
    }
    return clearFilter()
  }
}
