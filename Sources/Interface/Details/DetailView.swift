import ComfyAPI
import Downloads
import Foundation

/// Everything known of the selected download, one fact a line.
struct DetailView {
  let state: State
  let area: Area
  /// Beside the table, whose keys do not scroll it.
  let isAside: Bool

  init(state: State, area: Area? = nil, isAside: Bool = false) {
    self.state = state
    self.area =
      area
      ?? Area(
        columns: 0..<state.size.columns, title: state.layout.titles, body: state.layout.body)
    self.isAside = isAside
  }

  struct Line: Equatable {
    var label: String
    var text: String
  }

  func draw(into frame: inout Frame) {
    guard let download = state.list.selected else { return }
    if let row = area.title {
      let name = TextWidth.shortened(
        download.name, to: area.columns.count, mark: state.glyphs.ellipsis)
      frame.write(
        name + (isAside ? " " : ""), column: area.columns.lowerBound, row: row,
        style: state.theme.heading)
    }
    let lines = lines
    let first = isAside ? 0 : state.firstLine(of: lines.count)
    for (row, line) in zip(area.body, lines.dropFirst(first)) {
      frame.write(line.label, column: area.columns.lowerBound, row: row, style: state.theme.faint)
      frame.write(line.text, column: area.columns.lowerBound + indent, row: row)
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
    let isNamed = isAside && TextWidth.columns(of: download.name) <= area.columns.count
    return pictures + lines(of: isNamed ? Array(facts.dropFirst()) : facts)
      + lines(of: traceFacts(of: download))
  }

  private func lines(of facts: [(label: String, value: String)]) -> [Line] {
    facts.flatMap { fact in
      TextWrap.lines(fact.value, width: area.columns.count - indent).enumerated()
        .map { Line(label: $0 == 0 ? fact.label : "", text: $1) }
    }
  }

  private func trace(of download: Download) -> TransferTrace? {
    // The cursor may have moved since it was asked for.
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
    let width = min(80, area.columns.count - indent)
    var lines: [Line] = []
    let isUnicode = state.drawsFineBars
    if let trace = trace(of: download),
      let map = ConnectionMap(trace: trace, isUnicode: isUnicode).text(width: width)
    {
      lines.append(Line(label: "Map", text: map))
    }
    guard isUnicode, state.detail.id == download.id else { return lines }
    let graph = BrailleGraph.lines(state.detail.speeds, width: width, height: 2)
    return lines
      + graph.enumerated().map { Line(label: $0 == 0 ? "Speed" : "", text: $1) }
  }

  private func json(_ download: Download) -> [Line] {
    let text = (try? WireFormat.encodeText(download.json)) ?? ""
    return TextWrap.lines(text, width: area.columns.count - indent).enumerated()
      .map { Line(label: $0 == 0 ? "JSON" : "", text: $1) }
  }

  private var indent: Int { area.columns.count < 40 ? 10 : 13 }
}
