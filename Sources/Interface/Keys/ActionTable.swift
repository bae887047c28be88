/// Every action of the program. Keys, footer, help, `:` and the documentation come from this table.
enum ActionTable {
  struct Group: Sendable {
    let title: String
    let actions: [Action]
  }

  /// Under the headings of the help. Inside a group, and from group to group, the order is that of
  /// the footer, which shows as many as fit.
  static let groups: [Group] = [
    Group(title: "Downloads", actions: downloadActions),
    Group(title: "Queue and speed", actions: queueActions),
    Group(title: "The table", actions: tableActions),
    Group(title: "The library", actions: libraryActions),
    Group(title: "Details and panes", actions: paneActions),
    Group(title: "Adding downloads", actions: addingActions),
    Group(title: "Choosing files", actions: pickerActions),
    Group(title: "The line at the bottom", actions: promptActions),
    Group(title: "Editing text", actions: editingActions),
    Group(title: "Moving", actions: movementActions),
    Group(title: "Everywhere", actions: programActions),
  ]

  static let actions: [Action] = groups.flatMap(\.actions)

  static func action(named name: String, at level: Level) -> Action? {
    actions.first { $0.name == name && $0.levels.contains(level) }
  }
}
