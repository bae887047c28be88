import ComfyAPI
import Downloads
import Foundation

/// Everything known of the selected download, one fact a line.
struct DetailView {
  let state: State

  struct Line: Equatable {
    var label: String
    var text: String
  }

  func draw(into frame: inout Frame) {
    guard let download = state.list.selected else { return }
    if let row = state.layout.titles {
      let name = TextWidth.shortened(
        download.name, to: frame.size.columns, mark: state.glyphs.ellipsis)
      frame.write(name, column: 0, row: row, style: state.theme.heading)
    }
    let lines = lines
    for (row, line) in zip(state.layout.body, lines.dropFirst(state.firstLine(of: lines.count))) {
      frame.write(line.label, column: 0, row: row, style: state.theme.faint)
      frame.write(line.text, column: indent, row: row)
    }
  }

  /// Empty when nothing is selected.
  var lines: [Line] {
    guard let download = state.list.selected else { return [] }
    let facts = DownloadFacts(
      download, now: state.now, silence: state.silence(of: download),
      unknown: state.glyphs.unknown
    ).facts
    return facts.flatMap { fact in
      TextWrap.lines(fact.value, width: state.size.columns - indent).enumerated()
        .map { Line(label: $0 == 0 ? fact.label : "", text: $1) }
    }
  }

  private var indent: Int { state.size.columns < 40 ? 10 : 13 }
}
