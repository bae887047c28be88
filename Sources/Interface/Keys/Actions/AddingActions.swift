extension ActionTable {
  static let addingActions: [Action] = [
    Action(
      "queue", at: [.input], [.enter, .control("s")], label: "queue", help: "Queue the links."
    ) { $0.submit() },
    Action(
      "next-field", at: [.input], [.tab], label: "next field",
      help: "Take what is proposed for the word, else go to the next field."
    ) { $0.completeOrMoveFocus() },
    Action(
      "new-line", at: [.input], [.control("n"), .control("o")], label: "new line",
      help: "Begin a new line, in links and metadata."
    ) { $0.newLine() },
    Action(
      "close-input", at: [.input], [.escape], label: "close, keep text",
      help: "Close. What was typed is kept."
    ) { $0.closeInput() },
    Action(
      "files", at: [.input], [.control("p")], label: "files",
      help: "Choose among the files of the link's repository or page.",
      reasonWhyNot: \.whyNotOpenPicker
    ) { $0.openPicker() },
    Action(
      "editor", at: [.input], [.control("e")], label: "editor",
      help: "Edit the field in $VISUAL or $EDITOR: all links, or the metadata as JSON."
    ) { $0.openEditor() },
    Action(
      "previous-field", at: [.input], [.backTab], help: "Go to the field before."
    ) { $0.moveFocus(by: -1) },
    Action(
      "complete", at: [.input], [.right],
      help: "Go right; at the end of tags or folder, take what is proposed."
    ) { $0.complete() },
    Action(
      "field-up", at: [.input], [.up],
      help: "Go to the line or field above, or to the proposal above."
    ) {
      $0.moveLine(by: -1)
    },
    Action(
      "field-down", at: [.input], [.down],
      help: "Go to the line or field below, or to the next proposal."
    ) {
      $0.moveLine(by: 1)
    },
  ]
}
