import ComfyAPI
import Downloads

/// Everything known of the stored file under the cursor.
struct AssetView {
  let state: State
  let area: Area
  /// Beside the table, whose keys do not scroll it.
  var isAside = false

  func draw(into frame: inout Frame) {
    guard let asset = state.library.selected else { return }
    FactPane(state: state, area: area, isAside: isAside, title: asset.name, lines: lines)
      .draw(into: &frame)
  }

  /// Empty when nothing is selected.
  var lines: [FactPane.Line] {
    guard let asset = state.library.selected else { return [] }
    let width = area.columns.count
    if state.detail.showsJSON { return FactPane.lines(of: asset.json, width: width) }
    let facts = AssetFacts(
      asset: asset, check: state.library.snapshot.checks[asset.id], backend: state.backend,
      unknown: state.glyphs.unknown
    ).facts
    return FactPane.lines(
      of: isAside ? FactPane.without(title: asset.name, facts, width: width) : facts, width: width)
  }
}
