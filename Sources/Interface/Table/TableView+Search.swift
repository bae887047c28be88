import Downloads

// What was searched for, underlined where it stands.
extension TableView {
  /// Underlines what was found in a row; the whole name where it is in nothing that is shown.
  func underlineFound(
    _ download: Download, _ columns: TableColumns, lines: Range<Int>, into frame: inout Frame
  ) {
    guard let line = lines.first, let name = columns.slot(.name) else { return }
    var isShown = false
    for slot in columns.slots {
      // Tags may stand behind the name.
      let fields: [FilterField] = slot.column == .name ? [.name, .tag] : slot.column.searched
      let needles = needles(in: fields)
      let cells = slot.start..<slot.start + slot.width
      if underline(needles, in: cells, row: line, into: &frame) { isShown = true }
      if slot.column == .name, !isShown, needles.contains(where: { $0.isIn(download.name) }) {
        isShown = underline([Needle(state.glyphs.ellipsis)], in: cells, row: line, into: &frame)
      }
    }
    let all = needles(in: FilterField.allCases)
    for line in lines.dropFirst()
    where underline(all, in: 0..<state.tableWidth, row: line, into: &frame) {
      isShown = true
    }
    guard !isShown else { return }
    let shown = frame.text(line, columns: name.start..<name.start + name.width)
    let width = TextWidth.columns(of: shown.trimmingSpaces())
    frame.restyle(row: line, columns: name.start..<name.start + width) { $0.isUnderlined = true }
  }

  private func needles(in fields: [FilterField]) -> [Needle] {
    fields.flatMap { state.list.search?.needles(in: $0) ?? [] }
  }

  /// - Returns: whether one of them stands in these cells.
  private func underline(
    _ needles: [Needle], in cells: Range<Int>, row: Int, into frame: inout Frame
  ) -> Bool {
    let text = frame.text(row, columns: cells)
    let found = needles.flatMap { $0.columns(in: text) }
    for columns in found {
      let shown = columns.lowerBound + cells.lowerBound..<columns.upperBound + cells.lowerBound
      frame.restyle(row: row, columns: shown) { $0.isUnderlined = true }
    }
    return !found.isEmpty
  }
}

extension TableColumn {
  /// The fields whose words stand in it.
  fileprivate var searched: [FilterField] {
    switch self {
    case .name: [.name]
    case .folder: [.folder]
    case .tags: [.tag]
    case .base: [.base]
    case .path: [.path]
    default: []
    }
  }
}
