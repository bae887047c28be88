import Downloads

/// The line above the footer: a question, the filter, what just happened, or what holds for now.
struct MessageView {
  let state: State

  func draw(into frame: inout Frame) {
    guard let row = state.layout.message else { return }
    if let confirmation = state.confirmation {
      drawQuestion(confirmation.question, row: row, into: &frame)
    } else if let prompt = state.prompt {
      draw(prompt, row: row, into: &frame)
    } else if let message = state.message {
      write(message.text, row: row, style: state.theme.style(of: message.kind), into: &frame)
    } else {
      drawStanding(row: row, into: &frame)
    }
  }

  /// The answer keys stay in sight however long the question is.
  private func drawQuestion(_ question: String, row: Int, into frame: inout Frame) {
    let keys = " y/n"
    let room = frame.size.columns - keys.count
    let text = TextWidth.shortened(question, to: room, mark: state.glyphs.ellipsis)
    let width = frame.write(
      text, column: 0, row: row, style: state.theme.warning, maximumWidth: room)
    frame.write(keys, column: width, row: row, style: state.theme.title)
  }

  private func draw(_ prompt: Prompt, row: Int, into frame: inout Frame) {
    let column = frame.write(prompt.kind.title, column: 0, row: row, style: state.theme.title)
    let line = FieldLine(
      prompt.field.text, offset: prompt.field.cursor, width: frame.size.columns - column)
    frame.write(line.text, column: column, row: row)
    frame.cursor = Position(column: column + line.cursor, row: row)
    if prompt.kind == .filter { markMistake(in: prompt, column: column, row: row, into: &frame) }
  }

  /// Shows where a filter is wrong, as long as the line is not scrolled.
  private func markMistake(
    in prompt: Prompt, column: Int, row: Int, into frame: inout Frame
  ) {
    let characters = Array(prompt.field.text)
    guard let place = state.list.filter.mistake?.place, place.upperBound <= characters.count,
      TextWidth.columns(of: prompt.field.text) < frame.size.columns - column
    else { return }
    let before = TextWidth.columns(of: String(characters[..<place.lowerBound]))
    var style = state.theme.bad
    style.isUnderlined = true
    frame.write(String(characters[place]), column: column + before, row: row, style: style)
  }

  private func drawStanding(row: Int, into frame: inout Frame) {
    if case .offline(let reason) = state.backend.connection {
      let text = reason.isEmpty ? "\(state.backend.name) is not reachable." : reason
      write(text, row: row, style: state.theme.bad, into: &frame)
    } else if case .refused(let failure) = state.backend.connection {
      write(failure.sentence, row: row, style: state.theme.bad, into: &frame)
    } else if !state.list.filter.isEmpty, Level.tables.contains(state.level) {
      let count = "\(state.list.visible.count) of \(state.list.downloads.count)"
      write(
        "Filter: \(state.list.filter.text) (\(count)); Esc clears", row: row,
        style: state.theme.faint, into: &frame)
    } else if state.level == .input, state.layout.titles == nil {
      // On so few rows the field's own label may be out of sight.
      let field = state.input.focus
      write("\(field.label): \(field.hint)", row: row, style: state.theme.faint, into: &frame)
    } else if state.level == .picker, let picker = state.picker {
      drawStanding(picker, row: row, into: &frame)
    } else if Level.tables.contains(state.level), let failure = state.list.selected?.failure {
      write(failure.sentence, row: row, style: state.theme.bad, into: &frame)
    } else if state.level == .table, let download = state.list.selected,
      let silence = state.silence(of: download)
    {
      let time = DurationText.text(seconds: silence)
      write(
        "No news for \(time), longer than its size explains: C asks, r queues it anew.",
        row: row, style: state.theme.warning, into: &frame)
    }
  }

  private func drawStanding(_ picker: FilePicker, row: Int, into frame: inout Frame) {
    if let warning = picker.current?.warnings.first {
      write(warning, row: row, style: state.theme.bad, into: &frame)
    } else if !picker.filter.isEmpty {
      write("Files: \(picker.filter)", row: row, style: state.theme.faint, into: &frame)
    } else if let folder = picker.current?.folder {
      write("Goes to \(folder.text)", row: row, style: state.theme.faint, into: &frame)
    }
  }

  private func write(_ text: String, row: Int, style: Style, into frame: inout Frame) {
    let clipped = TextWidth.clipped(text, to: frame.size.columns, mark: state.glyphs.ellipsis)
    frame.write(clipped, column: 0, row: row, style: style)
  }
}

extension Theme {
  func style(of kind: Message.Kind) -> Style {
    switch kind {
    case .notice: plain
    case .success: good
    case .problem: bad
    }
  }
}
