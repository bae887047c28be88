extension ActionTable {
  static let programActions: [Action] = [
    Action(
      "leave", at: [.table], [.character("q")], label: "leave",
      help: "Leave. Downloads go on without the screen."
    ) { $0.leave() },
    Action(
      "mouse", at: Level.panes, [.character("M")],
      help: "Let clicks and the wheel work, or the mouse select text.", reasonWhyNot: \.whyNotMouse
    ) { $0.toggleMouse() },
    Action(
      "notify", at: Level.panes, help: "Be told of each end, of the queue's, or of none.",
      parameter: Action.Parameter("each|queue|off") { _ in State.notificationChoices }
    ) { $0.setNotifications($1) },
    Action(
      "low-bandwidth", at: Level.panes,
      help: "Write less, for a slow line: fewer pictures, no graphs.",
      parameter: Action.Parameter("on|off") { _ in ["on", "off"] }
    ) { $0.setLowBandwidth($1) },
    Action(
      "theme", at: Level.panes, help: "Choose the colours.",
      parameter: Action.Parameter("NAME") { _ in State.themeChoices },
      reasonWhyNot: \.whyNotTheme
    ) { $0.setTheme($1) },
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
