extension ActionTable {
  static let programActions: [Action] = [
    Action(
      "command", at: Level.panes, [.character(":")], help: "Do any of these by its name."
    ) { $0.openPrompt(.command) },
    Action("quit", at: Level.panes, [.character("Q")], help: "Leave from anywhere.") {
      $0.leave()
    },
    Action("interrupt", at: Set(Level.allCases), [.control("c")], help: "Leave from anywhere.") {
      $0.leave()
    },
    Action("redraw", at: Set(Level.allCases), [.control("l")], help: "Draw the screen anew.") {
      _ in [.redraw]
    },
    Action(
      "suspend", at: Set(Level.allCases), [.control("z")],
      help: "Suspend; the shell's fg comes back."
    ) { _ in [.suspend] },
  ]
}
