/// The columns that are shown at a width of the screen, and the room that each has.
struct TableColumns: Equatable {
  struct Slot: Equatable {
    var column: TableColumn
    /// First column of cells.
    var start: Int
    var width: Int
  }

  let slots: [Slot]

  /// - Parameters:
  ///   - chosen: the user's columns in their order; nil leaves the choice to the width.
  ///   - isStored: whether the rows are stored files.
  init(width: Int, chosen: [TableColumn]? = nil, isStored: Bool = false) {
    let usual =
      isStored ? TableColumn.usualOfStoredFiles(for: width) : Self.usual(for: width)
    let columns = chosen.map { Self.fitting($0, width) } ?? [.name] + usual
    let fixed = columns.reduce(0) { $0 + ($1 == .name ? 0 : $1.width(on: width) + 1) }
    var start = Self.markerWidth
    var slots: [Slot] = []
    for column in columns {
      let own =
        column == .name ? max(1, width - Self.markerWidth - fixed) : column.width(on: width)
      slots.append(Slot(column: column, start: start, width: own))
      start += own + 1
    }
    self.slots = slots
  }

  func slot(_ column: TableColumn) -> Slot? { slots.first { $0.column == column } }

  /// Room at the left for the marks of a row.
  static let markerWidth = 2
  /// The name is never narrower while another column could go instead.
  private static let leastName = 14

  private static func usual(for width: Int) -> [TableColumn] {
    switch width {
    case ..<40: [.percent, .mark]
    case ..<60: [.percent, .status]
    case ..<80: [.size, .bar, .percent, .left, .status]
    case ..<110: [.size, .bar, .percent, .speed, .left, .status]
    case ..<150: [.size, .bar, .percent, .speed, .left, .status, .tags]
    default: [.done, .bar, .percent, .speed, .left, .status, .folder, .source, .tags, .age]
    }
  }

  private static func fitting(_ chosen: [TableColumn], _ width: Int) -> [TableColumn] {
    var columns = chosen.contains(.name) ? chosen : [.name] + chosen
    func room() -> Int {
      width - markerWidth
        - columns.reduce(0) { $0 + ($1 == .name ? 0 : $1.width(on: width) + 1) }
    }
    while room() < leastName,
      let least = columns.filter({ $0 != .name }).min(by: { $0.importance < $1.importance })
    {
      columns.removeAll { $0 == least }
    }
    return columns
  }
}
