extension ActionTable {
  static let tableActions: [Action] =
    findActions + markActions + orderActions + viewActions + columnActions

  private static let findActions: [Action] = [
    Action(
      "filter", at: Level.tables, [.character("f")], label: "filter",
      help: "Show only what matches: words, size>5G, tag:flux, state:failed, !, &, |.",
      parameter: Action.Parameter("EXPRESSION") { _ in FilterField.allCases.map(\.example) }
    ) { $0.openFilter($1) },
    Action(
      "search", at: Level.tables, [.character("/")], label: "search",
      help: "Find rows without hiding the others."
    ) { $0.openSearch() },
    Action(
      "find-next", at: Level.tables, [.character("n")], help: "To the next that was searched for.",
      reasonWhyNot: \.whyNotFindAgain
    ) { $0.findAgain(by: 1) },
    Action(
      "find-previous", at: Level.tables, [.character("N")], help: "To the one before.",
      reasonWhyNot: \.whyNotFindAgain
    ) { $0.findAgain(by: -1) },
    Action(
      "unfilter", at: Level.tables, [.character("\\")], help: "Show everything again.",
      reasonWhyNot: \.whyNotBack
    ) { $0.clearFilter() },
    Action(
      "clear-marks", at: [.table], [.escape],
      help: "Give up a range, then the marks, then filter and view.",
      reasonWhyNot: \.whyNotClear
    ) { $0.clearTable() },
  ]

  private static let markActions: [Action] = [
    Action(
      "mark", at: Level.tables, [.character(" ")],
      help: "Mark, and one line down: actions are done to all that are marked.",
      reasonWhyNot: \.whyNotTarget
    ) { state in
      state.list.toggleMark()
      state.move(.lineDown)
      return []
    },
    Action(
      "mark-range", at: Level.tables, [.character("v")],
      help: "Begin a range here, which follows the cursor; again, mark all of it.",
      reasonWhyNot: \.whyNotTarget
    ) { state in
      state.list.markRange()
      return []
    },
    Action("mark-all", at: Level.tables, [.character("*")], help: "Mark everything that is shown.")
    {
      state in
      state.list.markAll()
      return []
    },
    Action("mark-others", at: Level.tables, [.character("i")], help: "Mark what is not marked.") {
      state in
      state.list.invertMarks()
      return []
    },
    Action(
      "copy", at: Level.rows, [.character("y")],
      help: "Copy to your clipboard: then u link, p path, h hash, j JSON.",
      reasonWhyNot: \.whyNotCopy
    ) { $0.open(.copying) },
    copying("copy-link", "u", .link, "link", "Copy the link."),
    copying("copy-path", "p", .path, "path", "Copy the path on the backend's disk."),
    copying("copy-hash", "h", .hash, "hash", "Copy the hash."),
    copying("copy-json", "j", .json, "JSON", "Copy everything as JSON."),
    Action("copy-nothing", at: [.copying], [.escape, .character("q")], help: "Copy nothing.") {
      $0.closeLevel()
    },
  ]

  private static func copying(
    _ name: String, _ key: Character, _ part: CopiedPart, _ label: String, _ help: String
  ) -> Action {
    Action(name, at: [.copying], [.character(key)], label: label, help: help) { $0.copy(part) }
  }

  private static let orderActions: [Action] = [
    Action(
      "sort", at: Level.tables, [.character("s")],
      help: "Sort by a column; by a second one where the first is equal.",
      parameter: Action.Parameter("COLUMN") { $0.sortNames }
    ) { $0.sort(named: $1) },
    Action(
      "sort-left", at: Level.tables, [.character("<")], help: "Sort by the column to the left."
    ) {
      $0.sortByNeighbour(-1)
    },
    Action(
      "sort-right", at: Level.tables, [.character(">")], help: "Sort by the column to the right."
    ) { $0.sortByNeighbour(1) },
    Action(
      "sort-inverted", at: Level.tables, [.character("I")], help: "Sort the other way round.",
      reasonWhyNot: \.whyNotInvert
    ) { $0.invertOrder() },
    Action(
      "sort-by", at: [.sorting], [.enter, .character(" ")], label: "sort", help: "Sort by it."
    ) { $0.sortByMarked() },
    Action(
      "follow", at: Level.tables, [.character("F")],
      help: "Let the cursor follow its download, or stay in its row."
    ) { $0.toggleFollowing() },
    Action(
      "freeze", at: Level.tables, [.character("Z")], help: "Hold all news back, to read in peace."
    ) { $0.toggleFrozen() },
    Action("rows", at: Level.tables, [.character("z")], help: "One, two or three lines a download.")
    {
      $0.changeRowHeight()
    },
  ]

  private static let viewActions: [Action] =
    zip(1...10, ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
    .map { number, name in
      let key = "\(number % 10)"
      return Action(
        "view-\(name)", at: Level.tables, [.character(Character(key))],
        help: "Show the view that is saved at \(key)."
      ) { $0.showView(key) }
    } + [
      Action(
        "save-view", at: Level.tables,
        help: "Save filter, order, columns and rows at a key, 1 to 0.",
        parameter: Action.Parameter("KEY NAME") { _ in (1...10).map { "\($0 % 10)" } }
      ) { $0.saveView($1) }
    ]

  private static let columnActions: [Action] = [
    Action(
      "columns", at: Level.tables, [.character("c")], help: "Choose the columns and their order."
    ) { state in
      state.columnCursor = 0
      return state.open(.columns)
    },
    Action(
      "show-column", at: [.columns], [.character(" "), .enter], label: "show or hide",
      help: "Show the column, or hide it."
    ) { $0.toggleColumn() },
    Action(
      "column-left", at: [.columns], [.character("K")], label: "to the left",
      help: "Move the column to the left."
    ) { $0.moveColumn(by: -1) },
    Action(
      "column-right", at: [.columns], [.character("J")], label: "to the right",
      help: "Move the column to the right."
    ) { $0.moveColumn(by: 1) },
    Action(
      "columns-of-width", at: [.columns], [.character("r")], label: "by width",
      help: "Leave the choice to the width of the screen."
    ) { $0.resetColumns() },
  ]
}
