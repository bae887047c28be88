/// The table's columns and the room each has at a width of the screen.
struct TableColumns: Equatable {
  enum Column: Equatable {
    case name, size, bar, percent, speed, left, mark, status, tags

    var title: String {
      switch self {
      case .name: "Name"
      case .size: "Size"
      case .bar: "Progress"
      case .percent: ""
      case .speed: "Speed"
      case .left: "Left"
      case .mark: ""
      case .status: "Status"
      case .tags: "Tags"
      }
    }

    var isAlignedRight: Bool {
      switch self {
      case .size, .percent, .speed, .left: true
      default: false
      }
    }
  }

  struct Slot: Equatable {
    var column: Column
    /// First column of cells.
    var start: Int
    var width: Int
  }

  let slots: [Slot]

  init(width: Int) {
    let columns = Self.columns(for: width)
    let fixed = columns.reduce(0) { $0 + Self.width(of: $1, on: width) + 1 }
    var start = Self.markerWidth
    var slots = [Slot(column: .name, start: start, width: max(1, width - start - fixed))]
    start += slots[0].width + 1
    for column in columns {
      let own = Self.width(of: column, on: width)
      slots.append(Slot(column: column, start: start, width: own))
      start += own + 1
    }
    self.slots = slots
  }

  /// Room at the left for the mark of the selected row.
  static let markerWidth = 2

  private static func columns(for width: Int) -> [Column] {
    switch width {
    case ..<40: [.percent, .mark]
    case ..<60: [.percent, .status]
    case ..<80: [.size, .bar, .percent, .left, .status]
    case ..<110: [.size, .bar, .percent, .speed, .left, .status]
    default: [.size, .bar, .percent, .speed, .left, .status, .tags]
    }
  }

  private static func width(of column: Column, on width: Int) -> Int {
    switch column {
    case .name: 0
    case .size: 7
    case .bar: width < 80 ? 8 : width < 110 ? 10 : min(32, 16 + (width - 110) / 4)
    case .percent: 4
    case .speed: 8
    case .left: 6
    case .mark: 1
    case .status: 12
    case .tags: min(32, 16 + (width - 110) / 4)
    }
  }
}
