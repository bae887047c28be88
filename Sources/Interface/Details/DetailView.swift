import ComfyAPI
import Downloads
import Foundation

/// Everything known of the selected download, one fact a line.
struct DetailView {
  let state: State
  let area: Area
  /// Beside the table, whose keys do not scroll it.
  var isAside = false

  func draw(into frame: inout Frame) {
    guard let download = state.downloadList.selected else { return }
    FactPane(state: state, area: area, isAside: isAside, title: download.name, lines: lines)
      .draw(into: &frame)
    if !state.detail.showsJSON { preview.drawBeside(into: &frame) }
  }

  /// Empty when nothing is selected.
  var lines: [FactPane.Line] {
    guard let download = state.downloadList.selected else { return [] }
    if state.detail.showsJSON {
      return FactPane.lines(of: download.json, width: area.columns.count)
    }
    let facts = DownloadFacts(
      download, of: state.backend, now: state.now, silence: state.silence(of: download),
      unknown: state.glyphs.unknown
    ).facts
    let shown =
      isAside ? FactPane.without(title: download.name, facts, width: width) : facts
    let lines =
      pictures + FactPane.lines(of: shown + traceFacts(of: download), width: width)
    return lines + previewLines(below: lines.count)
  }

  /// Columns of the text, those of the labels among them.
  private var width: Int { area.columns.count - preview.columnsBeside }

  private var preview: PreviewView { PreviewView(state: state, area: area) }

  /// The picture below so many lines, or why there is none. What cannot be scrolled shows all of it
  /// or none.
  private func previewLines(below count: Int) -> [FactPane.Line] {
    if let reason = preview.reason {
      return FactPane.lines(of: [("Picture", reason)], width: width)
    }
    let room = Size(
      columns: width - FactPane.indent(width), rows: area.body.count - (isAside ? count : 0))
    return preview.rowsBelow(room).enumerated().map {
      FactPane.Line(label: $0 == 0 ? "Picture" : "", text: "", cells: $1)
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
  private var pictures: [FactPane.Line] {
    guard let download = state.downloadList.selected, !download.status.isTerminal else { return [] }
    let width = min(80, width - FactPane.indent(width))
    var lines: [FactPane.Line] = []
    let isUnicode = state.drawsFineBars
    if let trace = trace(of: download),
      let map = ConnectionMap(trace: trace, isUnicode: isUnicode).text(width: width)
    {
      lines.append(FactPane.Line(label: "Map", text: map))
    }
    guard isUnicode, state.detail.id == download.id else { return lines }
    let graph = BrailleGraph.lines(state.detail.speeds, width: width, height: 2)
    return lines
      + graph.enumerated().map { FactPane.Line(label: $0 == 0 ? "Speed" : "", text: $1) }
  }
}
