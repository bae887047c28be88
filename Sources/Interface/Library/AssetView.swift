import ComfyAPI
import Downloads

/// Everything known of the stored file under the cursor.
struct AssetView {
  let state: State
  let area: Area
  /// Beside the table, whose keys do not scroll it.
  let isAside: Bool

  init(state: State, area: Area? = nil, isAside: Bool = false) {
    self.state = state
    self.area = area ?? state.wholeArea
    self.isAside = isAside
  }

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
      asset: asset, check: state.library.snapshot.checks[asset.id], unknown: state.glyphs.unknown
    ).facts
    // The heading says the name where it fits.
    let isNamed = isAside && TextWidth.columns(of: asset.name) <= width
    return FactPane.lines(of: isNamed ? Array(facts.dropFirst()) : facts, width: width)
  }
}
