/// The last line: the most useful keys of the level, as many as fit.
struct FooterView {
  let state: State

  func draw(into frame: inout Frame) {
    guard let row = state.layout.footer else { return }
    var column = 0
    for hint in hints {
      let width = TextWidth.columns(of: hint.key) + 1 + TextWidth.columns(of: hint.label)
      guard column + width <= frame.size.columns else { return }
      column += frame.write(hint.key, column: column, row: row, style: state.theme.title) + 1
      column += frame.write(hint.label, column: column, row: row, style: state.theme.faint) + 2
    }
  }

  private var hints: [(key: String, label: String)] {
    if state.confirmation != nil { return [("y", "yes"), ("n", "no")] }
    return KeyTable.bindings(at: state.level).compactMap { binding in
      guard let label = binding.label, let key = binding.keys.first else { return nil }
      return (key.name(isUnicode: state.capabilities.isUnicode), label)
    }
  }
}
