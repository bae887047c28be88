extension ActionTable {
  private static let rows: Set<Level> = [.table, .detail]

  static let downloadActions: [Action] = [
    Action(
      "add", at: rows, [.character("a")], label: "add",
      help: "Add downloads. Pasting links anywhere does the same."
    ) { state in
      state.openInput()
      return []
    },
    Action(
      "help", at: Level.panes.subtracting([.help]), [.character("?")], label: "help",
      help: "Show this help."
    ) { $0.open(.help) },
    Action(
      "cancel", at: rows, [.character("x")], label: "cancel",
      help: "Cancel the selected download, after a question.", reasonWhyNot: \.whyNotCancel
    ) { $0.askToCancel() },
    Action(
      "retry", at: rows, [.character("r")], label: "retry",
      help: "Start a failed, cancelled or silent download again.", reasonWhyNot: \.whyNotRetry
    ) { $0.retry() },
    Action(
      "edit", at: rows, [.character("e")],
      help: "Change a failed or cancelled download and queue it instead.",
      reasonWhyNot: \.whyNotEditAgain
    ) { $0.editAgain() },
    Action(
      "check", at: rows, [.character("C")],
      help: "Ask the backend how the selected download stands.", reasonWhyNot: \.whyNotCheck
    ) { $0.check() },
    Action(
      "details", at: [.table], [.enter, .character("l"), .right], label: "details",
      help: "Show all that is known of the selected download.", reasonWhyNot: \.whyNotOpenDetail
    ) { $0.open(.detail) },
    Action(
      "filter", at: [.table], [.character("/")], label: "filter",
      help: "Show only downloads that match some words."
    ) { $0.openFilter() },
    Action(
      "leave", at: [.table], [.character("q")], label: "leave",
      help: "Leave. Downloads go on without the screen."
    ) { $0.leave() },
    Action(
      "clear-filter", at: [.table], [.escape], help: "Clear the filter.", reasonWhyNot: \.whyNotBack
    ) { $0.clearFilter() },
  ]
}
