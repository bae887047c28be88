extension ActionTable {
  static let paneActions: [Action] = [
    Action(
      "back", at: [.detail, .asset, .log, .columns, .sorting],
      [.escape, .character("h"), .left, .character("q")],
      label: "back", help: "Go back."
    ) { $0.closeLevel() },
    Action(
      "close-help", at: [.help], [.escape, .character("?"), .character("q")], label: "back",
      help: "Close the help."
    ) { $0.closeLevel() },
    Action(
      "search-help", at: [.help], [.character("/"), .character("f")], label: "search",
      help: "Show only what has some words."
    ) { $0.openPrompt(.help, $0.help.search) },
    Action("do", at: [.help], [.enter], label: "do it", help: "Do what is marked.") {
      $0.runMarked()
    },
    Action(
      "log", at: Level.panes.subtracting([.log]), [.character("L")],
      help: "Show everything that was said and that happened."
    ) { $0.open(.log) },
  ]
}
