extension ActionTable {
  private static let rows: Set<Level> = [.table, .detail]

  static let downloadActions: [Action] = [
    Action(
      "add", at: Level.rows, [.character("a")], label: "add",
      help: "Add downloads. Pasting links anywhere does the same."
    ) { state in
      state.openInput()
      return []
    },
    Action(
      "workflow", at: Level.rows, [.character("W")],
      help: "Add what a ComfyUI workflow lacks: its JSON, or a PNG or WebP picture.",
      parameter: Action.Parameter("FILE")
    ) { $0.openWorkflow($1) },
    Action(
      "help", at: Level.panes.subtracting([.help]), [.character("?")], label: "help",
      help: "Show this help."
    ) { $0.openHelp() },
    Action(
      "cancel", at: rows, [.character("d")], label: "cancel",
      help: "Cancel; what has arrived is kept, and u takes it back.", reasonWhyNot: \.whyNotCancel
    ) { $0.cancel() },
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
      "folder", at: rows, help: "Change the folder of downloads that have not begun.",
      parameter: Action.Parameter("NAME") { $0.input.knownFolders.all },
      reasonWhyNot: \.whyNotRevise
    ) { $0.reviseFolder($1) },
    Action(
      "tags", at: rows, [.character("t")],
      help: "Change the tags of downloads that have not begun: new ones for old, or none.",
      parameter: Action.Parameter("TAGS") { [State.noTags] + $0.input.knownTags.all },
      reasonWhyNot: \.whyNotRevise
    ) { $0.reviseTags($1) },
    Action(
      "discard", at: rows, [.character("D")],
      help: "Cancel, delete what has arrived, and take off the list, after a question.",
      reasonWhyNot: \.whyNotTarget
    ) { $0.discard() },
    Action(
      "retry-failed", at: rows, [.character("R")], help: "Retry everything that failed.",
      reasonWhyNot: \.whyNotRetryFailed
    ) { $0.retryFailed() },
    Action(
      "clear", at: rows, [.character("x"), .delete],
      help: "Take a download that has ended off the list; its file stays.",
      reasonWhyNot: \.whyNotTarget
    ) { $0.clear($0.targets) },
    Action(
      "clear-ended", at: rows, [.character("X")],
      help: "Take everything that is completed or cancelled off the list."
    ) { state in
      state.clear(
        state.downloadList.downloads.filter { [.completed, .cancelled].contains($0.status) })
    },
    Action(
      "undo", at: rows, [.character("u")],
      help: "Take back the last cancel, removal from the list, move, or change of folder or tags.",
      reasonWhyNot: \.whyNotUndo
    ) { $0.undo() },
    Action(
      "check", at: rows, [.character("C")],
      help: "Ask the backend how the selected download stands.", reasonWhyNot: \.whyNotCheck
    ) { $0.check() },
    Action(
      "details", at: [.table], [.enter, .character("l"), .right], label: "details",
      help: "Show all that is known of the selected download.", reasonWhyNot: \.whyNotOpenDetail
    ) { $0.openDetails() },
    Action(
      "side-pane", at: Level.tables, [.character("'")],
      help: "Show the details beside the table, or hide them.", reasonWhyNot: \.whyNotSidePane
    ) { $0.toggleSidePane() },
    Action(
      "raw-json", at: [.detail, .asset], [.character("w")], label: "JSON",
      help: "Show the details as JSON, as programs get them, or as words again."
    ) { $0.toggleRawJSON() },
    Action(
      "pictures", at: [.detail], [.character("i")],
      help: "Show or hide the picture of what the model makes."
    ) { $0.togglePreviews() },
  ]
}
