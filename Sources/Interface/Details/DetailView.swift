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
    if state.detail.showsJSON { return json(download) }
    let facts = DownloadFacts(
      download, now: state.now, silence: state.silence(of: download),
      unknown: state.glyphs.unknown
    ).facts
    return pictures + lines(of: facts) + lines(of: traceFacts(of: download))
  }

  private func lines(of facts: [(label: String, value: String)]) -> [Line] {
    facts.flatMap { fact in
      TextWrap.lines(fact.value, width: state.size.columns - indent).enumerated()
        .map { Line(label: $0 == 0 ? fact.label : "", text: $1) }
    }
  }

  private func trace(of download: Download) -> TransferTrace? {
    guard let trace = state.detail.trace, trace.taskID == download.taskID else { return nil }
    return trace
  }

  private func traceFacts(of download: Download) -> [(label: String, value: String)] {
    guard let trace = trace(of: download) else { return [] }
    return TraceFacts(
      trace: trace, now: state.now, unknown: state.glyphs.unknown, arrow: state.glyphs.arrow
    ).facts
  }

  /// The map of the file and the speed over time, as far as they can be drawn.
  private var pictures: [Line] {
    guard let download = state.list.selected, !download.status.isTerminal else { return [] }
    let width = min(80, state.size.columns - indent)
    var lines: [Line] = []
    let isUnicode = state.drawsFineBars
    if let trace = trace(of: download),
      let map = ConnectionMap(trace: trace, isUnicode: isUnicode).text(width: width)
    {
      lines.append(Line(label: "Map", text: map))
    }
    guard isUnicode else { return lines }
    let graph = BrailleGraph.lines(state.detail.speeds, width: width, height: 2)
    return lines
      + graph.enumerated().map { Line(label: $0 == 0 ? "Speed" : "", text: $1) }
  }

  private func json(_ download: Download) -> [Line] {
    let text = (try? WireFormat.encodeText(download.json)) ?? ""
    return TextWrap.lines(text, width: state.size.columns - indent).enumerated()
      .map { Line(label: $0 == 0 ? "JSON" : "", text: $1) }
  }

  private var indent: Int { state.size.columns < 40 ? 10 : 13 }
}
