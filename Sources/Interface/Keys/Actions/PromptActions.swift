extension ActionTable {
  static let promptActions: [Action] = [
    Action("accept", at: [.prompt], [.enter], label: "do it", help: "Do what the line says.") {
      $0.acceptPrompt()
    },
    Action(
      "abandon", at: [.prompt], [.escape], label: "give up", help: "Give the line up."
    ) { $0.abandonPrompt() },
    Action(
      "complete", at: [.prompt], [.tab], label: "complete",
      help: "Complete the word; again for the next that fits."
    ) { $0.completePrompt(by: 1) },
    Action("complete-back", at: [.prompt], [.backTab], help: "Back to the word before.") {
      $0.completePrompt(by: -1)
    },
    Action(
      "history-back", at: [.prompt], [.up, .control("p")], help: "The line entered before this one."
    ) { $0.recall(by: 1) },
    Action("history-on", at: [.prompt], [.down, .control("n")], help: "The one entered after it.") {
      $0.recall(by: -1)
    },
  ]
}
