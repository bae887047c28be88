/// The last line: the most useful keys of the level, as many as fit, and at the end the way out of it,
/// which is what somebody who is lost looks for.
struct FooterView {
  let state: State

  func draw(into frame: inout Frame) {
    guard let row = state.layout.footer else { return }
    if state.prompt?.kind == .filter, let mistake = state.list.filter.mistake {
      frame.write(mistake.sentence, column: 0, row: row, style: state.theme.bad)
      return
    }
    if let prompt = state.prompt, !state.promptCandidates.candidates.isEmpty {
      return drawCandidates(state.promptCandidates, of: prompt, row: row, into: &frame)
    }
    var column = 0
    for hint in fitting(frame.size.columns) {
      column += frame.write(hint.key, column: column, row: row, style: state.theme.title) + 1
      column +=
        frame.write(hint.label, column: column, row: row, style: state.theme.faint) + Hint.gap
    }
  }

  /// The first hints that have room before those that lead out.
  private func fitting(_ width: Int) -> [Hint] {
    let ways = hints.filter(\.leadsOut)
    // No gap follows the last.
    var room = width + Hint.gap - ways.reduce(0) { $0 + $1.room }
    let others = hints.filter { !$0.leadsOut }.prefix { hint in
      room -= hint.room
      return room >= 0
    }
    return others + ways
  }

  /// The words that fit where the line ends, the one that Tab has taken underlined; what one of them
  /// does when it is the only one.
  private func drawCandidates(
    _ completion: Prompt.Completion, of prompt: Prompt, row: Int, into frame: inout Frame
  ) {
    var column = 0
    for (index, word) in completion.candidates.enumerated().dropFirst(completion.chosen ?? 0) {
      let width = TextWidth.columns(of: word)
      guard column + width <= frame.size.columns else { return }
      var style = state.theme.faint
      style.isUnderlined = index == completion.chosen
      column += frame.write(word, column: column, row: row, style: style) + 2
    }
    guard prompt.kind == .command, completion.candidates.count == 1, completion.head.isEmpty,
      let action = ActionTable.actions.first(where: { $0.name == completion.candidates[0] })
    else { return }
    frame.write(action.help, column: column, row: row)
  }

  private var hints: [Hint] {
    if let question = state.confirmation {
      return [Hint(key: "y", label: "yes"), Hint(key: "n", label: "no")]
        + (question.name == nil ? [] : [Hint(key: "!", label: "yes, do not ask again")])
    }
    return ActionTable.actions.filter { $0.levels.contains(state.level) }.compactMap { action in
      guard let label = action.label, let key = state.keys.keys(of: action, at: state.level).first
      else {
        return nil
      }
      return Hint(
        key: key.name(isUnicode: state.capabilities.isUnicode), label: label,
        leadsOut: action.leadsOut)
    }
  }
}

/// A key and what it does, in a word or two.
private struct Hint {
  var key: String
  var label: String
  var leadsOut = false

  /// Columns between two hints.
  static let gap = 2

  /// Columns that it takes, with the gap after it.
  var room: Int { TextWidth.columns(of: key) + 1 + TextWidth.columns(of: label) + Self.gap }
}
