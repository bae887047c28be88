/// Text of one look that begins in a column, counted from 0.
struct StyledRun: Equatable {
  let column: Int
  var text: String
  let style: TextStyle
}

/// What `tmux capture-pane -p -e` tells of a screen: rows of runs.
///
/// A character has one column: the tour shows no wider ones.
struct StyledScreen: Equatable {
  let columns: Int
  private(set) var rows: [[StyledRun]] = []

  init(_ captured: String, columns: Int) {
    self.columns = columns
    // tmux does not repeat at the start of a line what still holds from the line above.
    var style = TextStyle()
    for line in captured.split(separator: "\n", omittingEmptySubsequences: false) {
      rows.append(Self.runs(line, &style, columns))
    }
    while rows.last?.isEmpty == true { rows.removeLast() }
  }

  private static func runs(
    _ line: Substring, _ style: inout TextStyle, _ columns: Int
  ) -> [StyledRun] {
    var runs: [StyledRun] = []
    var column = 0
    var rest = line
    while let character = rest.popFirst() {
      if character == "\u{1B}" {
        style.applySequence(at: &rest)
        continue
      }
      if let last = runs.indices.last, runs[last].style == style {
        runs[last].text.append(character)
      } else {
        runs.append(StyledRun(column: column, text: String(character), style: style))
      }
      column += 1
    }
    // tmux leaves blanks at the end of a line out, those of a reversed row too.
    if style.isReversed, column < columns, let last = runs.indices.last {
      runs[last].text += String(repeating: " ", count: columns - column)
    }
    return runs
  }
}

extension TextStyle {
  /// Takes one sequence off the text, after its ESC; those that do not style are passed over.
  fileprivate mutating func applySequence(at text: inout Substring) {
    guard text.first == "[" else {
      text = text.dropFirst()
      return
    }
    let body = text.dropFirst().prefix { !("@"..."~").contains($0) }
    let end = text[body.endIndex...].first
    text = text[body.endIndex...].dropFirst()
    guard end == "m" else { return }
    apply(body.isEmpty ? [] : body.split { $0 == ";" || $0 == ":" }.map { Int($0) ?? 0 })
  }
}
