extension ActionTable {
  static let pickerActions: [Action] = [
    Action(
      "take", at: [.picker], [.enter], label: "take",
      help: "Take what is chosen, else the file under the cursor."
    ) { $0.takePicked() },
    Action(
      "choose", at: [.picker], [.character(" ")], label: "choose",
      help: "Choose the file under the cursor, or give it up."
    ) { state in
      let page = state.layout.body.count
      state.picker?.toggle(page: page)
      return []
    },
    Action(
      "choose-all", at: [.picker], [.character("*")], label: "all",
      help: "Choose all files shown, or give them up."
    ) { state in
      state.picker?.toggleAll()
      return []
    },
    Action(
      "narrow", at: [.picker], [.character("/"), .character("f")], label: "narrow",
      help: "Show only files that match words, or a pattern such as *.gguf."
    ) { $0.openPrompt(.files, $0.picker?.filter ?? "") },
    Action(
      "show-all", at: [.picker], [.character("\\")], help: "Show all files again."
    ) { $0.narrowPicker(to: "") },
    Action(
      "invert-choice", at: [.picker], [.character("i")],
      help: "Choose what is shown and not chosen, and give up what is."
    ) { state in
      state.picker?.invert()
      return []
    },
    Action(
      "leave-files", at: [.picker], [.escape, .character("q"), .character("h"), .left],
      label: "back", help: "Go back and leave the choice as it was."
    ) { $0.closeLevel() },
  ]
}
