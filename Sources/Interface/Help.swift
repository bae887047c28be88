/// What the help shows: the actions that match some words, one of them marked.
struct Help: Sendable, Equatable {
  /// Words that the name, the keys or the explanation of an action must all contain.
  var search = ""
  /// The marked action's place among those shown.
  var cursor = 0
  /// Where the help was opened, and so where its actions are done.
  var level = Level.table

  /// What can be done where the help was opened comes first.
  func groups(_ keys: KeyMap) -> [ActionTable.Group] {
    let words = search.lowercased().split(whereSeparator: \.isWhitespace)
    func matches(_ action: Action) -> Bool {
      let text = ([action.name, action.help] + keys.keys(of: action).map(\.name))
        .joined(separator: " ").lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    return ActionTable.groups.compactMap { group in
      let actions = group.actions.filter(matches)
      return actions.isEmpty ? nil : ActionTable.Group(title: group.title, actions: actions)
    }
  }

  func actions(_ keys: KeyMap) -> [Action] { groups(keys).flatMap(\.actions) }
}

extension State {
  mutating func openHelp() -> [Command] {
    help = Help(level: level)
    return open(.help)
  }

  mutating func searchHelp(_ text: String) {
    help.search = text
    help.cursor = 0
  }

  /// Does the marked action where the help was opened.
  mutating func runMarked() -> [Command] {
    let actions = help.actions(keys)
    guard actions.indices.contains(help.cursor) else { return closeLevel() }
    let action = actions[help.cursor]
    levels.close(.help)
    guard action.levels.contains(level) else {
      say(.notice("\(action.name) cannot be done here."))
      return []
    }
    // What needs a word after its name is typed to its end.
    return action.parameter == nil ? perform(action) : openPrompt(.command, action.name + " ")
  }
}
