extension ActionTable {
  static let editingActions: [Action] = [
    edit("cursor-left", [.left, .control("b")], .left, "Go left."),
    edit("cursor-right", [.right, .control("f")], .right, "Go right.", at: [.prompt]),
    edit("cursor-right", [.control("f")], .right, "Go right.", at: [.input]),
    edit("line-start", [.home, .control("a")], .home, "Go to the line's start."),
    edit("line-end", [.end, .control("e")], .end, "Go to its end.", at: [.prompt]),
    edit("line-end", [.end], .end, "Go to the line's end.", at: [.input]),
    edit("delete-before", [.backspace, .control("h")], .backspace, "Delete the character before."),
    edit(
      "delete-under", [.delete, .control("d")], .delete, "Delete the character under the cursor."),
    edit("delete-word", [.control("w")], .deleteWord, "Delete the word before."),
    edit("delete-to-start", [.control("u")], .deleteToStart, "Delete to the line's start."),
    edit("delete-to-end", [.control("k")], .deleteToEnd, "Delete to the line's end."),
  ]

  private static func edit(
    _ name: String, _ keys: [KeyPress], _ edit: TextField.Edit, _ help: String,
    at levels: Set<Level> = Level.texts
  ) -> Action {
    Action(name, at: levels, keys, help: help) { $0.edit { $0.apply(edit) } }
  }
}
