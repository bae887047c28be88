extension ActionTable {
  static let movementActions: [Action] = [
    movement("line-down", [.character("j"), .down], .lineDown, "One line down."),
    movement("line-up", [.character("k"), .up], .lineUp, "One line up."),
    movement("top", [.character("g"), .home], .top, "To the top."),
    movement("bottom", [.character("G"), .end], .bottom, "To the bottom."),
    movement("half-page-down", [.control("d")], .halfPageDown, "Half a page down."),
    movement("half-page-up", [.control("u")], .halfPageUp, "Half a page up."),
    movement("page-down", [.control("f"), .pageDown], .pageDown, "One page down."),
    movement("page-up", [.control("b"), .pageUp], .pageUp, "One page up."),
  ]

  private static func movement(
    _ name: String, _ keys: [KeyPress], _ movement: Movement, _ help: String
  ) -> Action {
    Action(name, at: Level.panes, keys, help: help) { state in
      state.move(movement)
      return []
    }
  }
}
