/// Every key of the program. Dispatch, footer and help are made from this one table.
enum KeyTable {
  static func binding(for key: KeyPress, at level: Level) -> KeyBinding? {
    lookup[level]?[key]
  }

  static func bindings(at level: Level) -> [KeyBinding] {
    bindings.filter { $0.levels.contains(level) }
  }

  /// The table under the headings of the help. Inside a group, and from group to group, the order
  /// is that of the footer, which shows as many as fit.
  static let groups: [(title: String, bindings: [KeyBinding])] = [
    ("Downloads", listKeys), ("Details and help", backKeys), ("Adding downloads", inputKeys),
    ("Filter", filterKeys), ("Editing text", editingKeys), ("Moving", movementKeys),
    ("Everywhere", programKeys),
  ]

  static let bindings: [KeyBinding] = groups.flatMap(\.bindings)

  private static let lookup: [Level: [KeyPress: KeyBinding]] = Level.allCases.reduce(into: [:]) {
    table, level in
    for binding in bindings(at: level) {
      for key in binding.keys where table[level]?[key] == nil {
        table[level, default: [:]][key] = binding
      }
    }
  }

  private static let listKeys: [KeyBinding] = [
    KeyBinding(
      [.table, .detail], [.character("a")], .add, label: "add",
      help: "Add downloads. Pasting links anywhere does the same."),
    KeyBinding(
      [.table, .detail], [.character("?")], .openHelp, label: "help", help: "Show this help."),
    KeyBinding(
      [.table, .detail], [.character("x")], .cancel, label: "cancel",
      help: "Cancel the selected download, after a question.", reasonWhyNot: \.whyNotCancel),
    KeyBinding(
      [.table, .detail], [.character("r")], .retry, label: "retry",
      help: "Start a failed, cancelled or silent download again.", reasonWhyNot: \.whyNotRetry),
    KeyBinding(
      [.table, .detail], [.character("e")], .editAgain,
      help: "Change a failed or cancelled download and queue it instead.",
      reasonWhyNot: \.whyNotEditAgain),
    KeyBinding(
      [.table, .detail], [.character("C")], .check,
      help: "Ask the backend how the selected download stands.", reasonWhyNot: \.whyNotCheck),
    KeyBinding(
      [.table], [.enter, .character("l"), .right], .openDetail, label: "details",
      help: "Show all that is known of the selected download.", reasonWhyNot: \.whyNotOpenDetail),
    KeyBinding(
      [.table], [.character("/")], .openFilter, label: "filter",
      help: "Show only downloads that match some words."),
    KeyBinding(
      [.table], [.character("q")], .leave, label: "leave",
      help: "Leave. Downloads go on without the screen."),
    KeyBinding(
      [.table], [.escape], .back, help: "Clear the filter.", reasonWhyNot: \.whyNotBack),
  ]

  private static let backKeys: [KeyBinding] = [
    KeyBinding(
      [.detail, .help], [.escape, .character("h"), .left, .character("q")], .back, label: "back",
      help: "Go back."),
    KeyBinding([.help], [.character("?")], .back, help: "Close the help."),
  ]

  private static let inputKeys: [KeyBinding] = [
    KeyBinding(
      [.input], [.enter, .control("s")], .submit, label: "queue", help: "Queue the links."),
    KeyBinding(
      [.input], [.tab], .nextField, label: "next field", help: "Go to the next field."),
    KeyBinding(
      [.input], [.control("n"), .control("o")], .newLine, label: "new line",
      help: "Begin a new line, in links and metadata."),
    KeyBinding(
      [.input], [.escape], .closeInput, label: "close, keep text",
      help: "Close. What was typed is kept."),
    KeyBinding([.input], [.backTab], .previousField, help: "Go to the field before."),
    KeyBinding(
      [.input], [.right], .complete,
      help: "Go right; at the end of tags or folder, take what is proposed."),
    KeyBinding([.input], [.up], .lineUp, help: "Go to the line or field above."),
    KeyBinding([.input], [.down], .lineDown, help: "Go to the line or field below."),
  ]

  private static let filterKeys: [KeyBinding] = [
    KeyBinding([.filter], [.enter, .down], .keepFilter, label: "keep", help: "Keep the filter."),
    KeyBinding([.filter], [.escape], .clearFilter, label: "clear", help: "Clear the filter."),
  ]

  private static let editingKeys: [KeyBinding] = [
    KeyBinding(
      [.filter, .input], [.left, .control("b")], .edit(.left), help: "Go left."),
    KeyBinding([.filter], [.right], .edit(.right), help: "Go right."),
    KeyBinding([.filter, .input], [.control("f")], .edit(.right), help: "Go right."),
    KeyBinding(
      [.filter, .input], [.home, .control("a")], .edit(.home), help: "Go to the line's start."),
    KeyBinding([.filter, .input], [.end, .control("e")], .edit(.end), help: "Go to its end."),
    KeyBinding(
      [.filter, .input], [.backspace, .control("h")], .edit(.backspace),
      help: "Delete the character before."),
    KeyBinding(
      [.filter, .input], [.delete, .control("d")], .edit(.delete),
      help: "Delete the character under the cursor."),
    KeyBinding(
      [.filter, .input], [.control("w")], .edit(.deleteWord), help: "Delete the word before."),
    KeyBinding(
      [.filter, .input], [.control("u")], .edit(.deleteToStart), help: "Delete to the line's start."
    ),
    KeyBinding(
      [.filter, .input], [.control("k")], .edit(.deleteToEnd), help: "Delete to the line's end."),
  ]

  private static let movementKeys: [KeyBinding] = [
    movement([.character("j"), .down], .lineDown, "One line down."),
    movement([.character("k"), .up], .lineUp, "One line up."),
    movement([.character("g"), .home], .top, "To the top."),
    movement([.character("G"), .end], .bottom, "To the bottom."),
    movement([.control("d")], .halfPageDown, "Half a page down."),
    movement([.control("u")], .halfPageUp, "Half a page up."),
    movement([.control("f"), .pageDown], .pageDown, "One page down."),
    movement([.control("b"), .pageUp], .pageUp, "One page up."),
  ]

  private static let programKeys: [KeyBinding] = [
    KeyBinding(
      [.table, .detail, .help], [.character("Q")], .leave, help: "Leave from anywhere."),
    KeyBinding(Set(Level.allCases), [.control("c")], .leave, help: "Leave from anywhere."),
    KeyBinding(Set(Level.allCases), [.control("l")], .redraw, help: "Draw the screen anew."),
    KeyBinding(
      Set(Level.allCases), [.control("z")], .suspend, help: "Suspend; the shell's fg comes back."),
  ]

  private static func movement(
    _ keys: [KeyPress], _ movement: Movement, _ help: String
  ) -> KeyBinding {
    KeyBinding([.table, .detail, .help], keys, .move(movement), help: help)
  }
}
