import Downloads
import Foundation

/// In which order the rows stand: by one column, and where that is equal by a second one. Without
/// any it is the queue's own order, which this never changes.
struct TableOrder: Sendable, Equatable, Codable {
  struct Key: Sendable, Equatable, Codable {
    var column: TableColumn
    var isDescending = false
  }

  /// The first decides; two at the most.
  private(set) var keys: [Key] = []

  static let queue = TableOrder()
  /// What people call that.
  static let queueName = "queue"

  var isQueue: Bool { keys.isEmpty }

  /// Sorts by a column, and by what was sorted by before where it is equal; the other way round when
  /// it is that column already. The queue's place stands for the queue's own order.
  mutating func sort(by column: TableColumn) {
    guard column != .position else {
      keys = []
      return
    }
    if keys.first?.column == column { return invert() }
    let before = keys.first { $0.column != column }
    keys =
      [Key(column: column, isDescending: column.beginsDescending)] + (before.map { [$0] } ?? [])
  }

  mutating func invert() {
    if !keys.isEmpty { keys[0].isDescending.toggle() }
  }

  /// Sorts rows; equal ones stay in the queue's order.
  func sorted(_ rows: [Int], of downloads: [Download], _ context: FilterContext) -> [Int] {
    guard !keys.isEmpty else { return rows }
    // Each value is made once a row, not once a comparison.
    let columns = keys.map { key in
      rows.map { key.column.sortValue(downloads[$0], context) }
    }
    let order = rows.indices.sorted { left, right in
      for (key, values) in zip(keys, columns) {
        switch values[left].compared(with: values[right]) {
        case .orderedSame: continue
        case .orderedAscending: return !key.isDescending || values[right].isUnknown
        case .orderedDescending: return key.isDescending && !values[left].isUnknown
        }
      }
      return left < right
    }
    return order.map { rows[$0] }
  }
}

/// What rows are compared by. What nobody knows comes last, whichever way the rows are sorted.
enum SortValue: Sendable {
  case number(Double)
  case text(String)
  case unknown

  var isUnknown: Bool { if case .unknown = self { true } else { false } }

  func compared(with other: SortValue) -> ComparisonResult {
    switch (self, other) {
    case (.number(let left), .number(let right)):
      left == right ? .orderedSame : left < right ? .orderedAscending : .orderedDescending
    case (.text(let left), .text(let right)):
      left == right ? .orderedSame : left < right ? .orderedAscending : .orderedDescending
    case (.unknown, .unknown): .orderedSame
    case (.unknown, _): .orderedDescending
    case (_, .unknown): .orderedAscending
    // Values of one column are of one kind.
    default: .orderedSame
    }
  }
}

extension TableColumn {
  /// Whether people want to see the highest first.
  var beginsDescending: Bool {
    switch self {
    case .size, .done, .bar, .percent, .speed, .average, .connections, .attempts, .elapsed: true
    default: false
    }
  }

  func sortValue(_ download: Download, _ context: FilterContext) -> SortValue {
    func number(_ value: Int64?) -> SortValue { value.map { .number(Double($0)) } ?? .unknown }
    func text(_ value: String?) -> SortValue { value.map { .text($0.lowercased()) } ?? .unknown }
    return switch self {
    case .position: .number(0)
    case .name: text(download.name)
    case .size: number(download.bytesTotal)
    case .done: number(download.bytesDownloaded)
    case .bar, .percent: download.fraction.map { .number($0) } ?? .unknown
    case .speed: number(download.bytesPerSecond)
    case .left: number(download.secondsLeft)
    case .mark, .status: .text(context.word(of: download))
    case .folder: text(download.folder)
    case .source: .text(context.sources.source(of: download.url).label)
    case .tags: text(download.tags.isEmpty ? nil : download.tags.joined(separator: ", "))
    case .age: .number(-download.createdAt.timeIntervalSince1970)
    case .average: number(download.averageSpeed(at: context.now))
    case .connections: number(download.connections.map(Int64.init))
    case .attempts: number(Int64(download.attempt))
    case .verified: number(download.verified.map { $0 ? 0 : 1 })
    case .base: text(download.baseModel)
    case .error: text(download.failure?.code)
    case .ended: number(download.completedAt.map { -Int64($0.timeIntervalSince1970) })
    case .elapsed: download.elapsed(at: context.now).map { .number($0) } ?? .unknown
    case .news: download.newsAt.map { .number(-$0.timeIntervalSince1970) } ?? .unknown
    case .path: text(download.path)
    case .id: .text(download.id.uuidString)
    }
  }
}
