import ComfyAPI
import Foundation

/// Everything that was said and that happened, newest first.
struct LogView {
  let state: State

  struct Line: Equatable {
    var time: String
    var text: String
    var kind: Message.Kind
  }

  func draw(into frame: inout Frame) {
    if let row = state.layout.titles {
      frame.write("Log, newest first", column: 0, row: row, style: state.theme.heading)
    }
    let lines = lines
    for (row, line) in zip(state.layout.body, lines.dropFirst(state.firstLine(of: lines.count))) {
      frame.write(line.time, column: 0, row: row, style: state.theme.faint)
      frame.write(line.text, column: Self.indent, row: row, style: state.theme.style(of: line.kind))
    }
  }

  var lines: [Line] {
    guard !state.messages.entries.isEmpty else {
      return [Line(time: "", text: "Nothing has happened yet.", kind: .notice)]
    }
    return state.messages.entries.reversed().flatMap(lines)
  }

  private func lines(_ entry: MessageLog.Entry) -> [Line] {
    let times = entry.count > 1 ? " (\(entry.count) times)" : ""
    let text = TextWrap.lines(
      entry.message.text + times, width: state.size.columns - Self.indent)
    return text.enumerated().map { index, text in
      Line(time: index == 0 ? Self.time(entry.time) : "", text: text, kind: entry.message.kind)
    }
  }

  /// `09:30:00`, in UTC as all times of the screen.
  private static func time(_ date: Date) -> String {
    String(Timestamp.text(from: date).dropFirst(11).prefix(8))
  }

  private static let indent = 9
}
