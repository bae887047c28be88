/// Where the details of the download under the cursor stand beside the table.
enum SidePane: Equatable {
  /// At the right, so many columns wide, a rule before it.
  case right(Int)
  /// Below, so many lines high, a rule before it.
  case below(Int)

  /// Nil where table and details have no room together.
  init?(_ size: Size) {
    let layout = Layout(size)
    if size.columns >= Self.leastColumns, layout.body.count >= Self.leastLines {
      let most = size.columns - Self.rule - Self.leastTable
      self = .right(max(Self.leastWidth, min(most, size.columns * 2 / 5)))
    } else if size.rows >= Self.leastRows, size.columns >= Self.leastWidth {
      self = .below(max(Self.leastLines, layout.body.count * 2 / 5))
    } else {
      return nil
    }
  }

  /// Columns in which both have enough to stand beside each other.
  static let leastColumns = leastTable + rule + leastWidth
  static let leastRows = 24
  /// Columns in which a table still tells size, progress and state.
  private static let leastTable = 60
  /// Columns of the pane.
  private static let leastWidth = 40
  private static let leastLines = 7
}

/// A rectangle of the screen.
struct Area: Equatable {
  var columns: Range<Int>
  /// The row of its heading; nil where it has none.
  var title: Int?
  var body: Range<Int>
}

extension State {
  /// The pane as it is shown; nil where it is not wanted, has no room, or has nothing to show.
  var sidePane: SidePane? {
    table.hasSidePane && list.selectedRow != nil ? SidePane(size) : nil
  }

  /// Columns of cells that the table has.
  var tableWidth: Int {
    guard case .right(let width) = sidePane else { return size.columns }
    return size.columns - width - SidePane.rule
  }

  /// Lines that the rows of the table have.
  var tableBody: Range<Int> {
    guard case .below(let height) = sidePane else { return layout.body }
    return layout.body.lowerBound..<max(layout.body.lowerBound, layout.body.upperBound - height - 1)
  }

  /// Where the pane's details stand; nil while it is not shown.
  var sideArea: Area? {
    switch sidePane {
    case .right(let width):
      Area(columns: size.columns - width..<size.columns, title: layout.titles, body: layout.body)
    case .below:
      Area(
        columns: 0..<size.columns, title: tableBody.upperBound,
        body: tableBody.upperBound + 1..<layout.body.upperBound)
    case nil: nil
    }
  }

  mutating func toggleSidePane() -> [Command] {
    table.hasSidePane.toggle()
    return [.saveSettings(settings)] + followDetail()
  }

  var whyNotSidePane: String? {
    guard !table.hasSidePane, SidePane(size) == nil else { return nil }
    return "The screen is too small for a second pane: "
      + "it takes \(SidePane.leastColumns) columns, or \(SidePane.leastRows) lines."
  }
}

extension SidePane {
  /// Columns between table and pane.
  static let rule = 3
}

/// Table and details, and what stands between them.
struct SidePaneView {
  let state: State

  func draw(into frame: inout Frame) {
    guard let area = state.sideArea, let pane = state.sidePane else { return }
    switch pane {
    case .right:
      let rows = (area.title ?? area.body.lowerBound)..<area.body.upperBound
      for row in rows {
        frame.write(
          state.glyphs.verticalRule, column: area.columns.lowerBound - 2, row: row,
          style: state.theme.faint)
      }
    case .below:
      guard let row = area.title else { break }
      let rule = String(repeating: state.glyphs.rule, count: frame.size.columns)
      frame.write(rule, column: 0, row: row, style: state.theme.faint)
    }
    if state.isLibrary {
      AssetView(state: state, area: area, isAside: true).draw(into: &frame)
    } else {
      DetailView(state: state, area: area, isAside: true).draw(into: &frame)
    }
  }
}
