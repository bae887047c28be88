import Downloads

/// The selected download's picture, beside its details or below them where they are narrow.
struct PreviewView {
  let state: State
  /// Where the details stand.
  let area: Area

  /// The picture has a column of its own from here on.
  private static let leastColumnsBeside = 100
  private static let mostColumns = 64
  private static let mostRowsBelow = 24
  /// In fewer rows nothing could be made out.
  private static let leastRowsBelow = 6

  /// Columns that the picture has beside the text, with a gap; 0 where it stands below, or is none.
  var columnsBeside: Int {
    guard isBeside, let picture else { return 0 }
    return HalfBlocks.size(of: picture, within: roomBeside).columns + 2
  }

  func drawBeside(into frame: inout Frame) {
    guard isBeside, let picture else { return }
    for (row, cells) in zip(area.body, HalfBlocks(picture, within: roomBeside).rows) {
      frame.put(cells, column: area.columns.upperBound - cells.count, row: row)
    }
  }

  /// The rows of the picture below the text; empty where it stands beside it or has too little room.
  func rowsBelow(_ room: Size) -> [[Cell]] {
    guard !isBeside, let picture, room.rows >= Self.leastRowsBelow else { return [] }
    let room = Size(
      columns: min(Self.mostColumns, room.columns), rows: min(Self.mostRowsBelow, room.rows))
    return HalfBlocks(picture, within: room).rows
  }

  /// Why there is no picture, as a sentence; nil when there is one or when it may still come.
  var reason: String? {
    guard state.settings.showsPreviews else { return nil }
    if let reason = state.whyNoPictures { return reason }
    return switch preview {
    case nil, .picture?: nil
    case .failed(let reason)?: reason
    case .nothing(let reason)?: reason
    }
  }

  private var preview: Preview? {
    guard state.settings.showsPreviews, state.whyNoPictures == nil else { return nil }
    return state.downloadList.selected.flatMap { state.previews[$0.id] }
  }

  private var isBeside: Bool { area.columns.count >= Self.leastColumnsBeside }

  private var roomBeside: Size {
    Size(columns: min(Self.mostColumns, area.columns.count * 2 / 5), rows: area.body.count)
  }

  private var picture: Picture? {
    guard case .picture(let picture)? = preview else { return nil }
    return picture
  }
}
