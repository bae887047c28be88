import Downloads
import Foundation

/// The downloads as the table shows them: filtered, sorted, counted, one under the cursor, some
/// marked.
///
/// Cursor and marks are downloads, not rows: news never moves them to others.
struct DownloadList: Sendable {
  private(set) var downloads: [Download] = []
  private(set) var counts = Counts()
  /// Indices of the downloads that match the filter, in the order of the table.
  private(set) var visible: [Int] = []
  private(set) var selection: UUID?
  /// The cursor's place among the visible ones; nil when there are none.
  private(set) var selectedRow: Int?
  /// First visible row on the screen.
  private(set) var offset = 0
  private(set) var filter = Filter("")
  private(set) var order = TableOrder.queue
  /// Downloads that actions are done to, instead of the one under the cursor.
  private(set) var marked: Set<UUID> = []
  /// Where a range of marks began.
  private(set) var anchor: UUID?
  /// Whether the cursor goes where its download goes; else it stays in its row.
  var isFollowing = true
  /// Downloads there were when new ones were announced; the first of the new is selected.
  private var countBeforeNew: Int?
  private var searchTexts = SearchText()
  var context: FilterContext
  /// When the rows were last put in order.
  private var sortedAt: Date?
  /// What was put in order then, in the queue's order.
  private var sortedRows: [Int] = []

  /// Seconds between two sorts of rows that are the same: moving figures would make them jump.
  static let sortInterval: Double = 2

  init(context: FilterContext) { self.context = context }

  var selected: Download? { selectedRow.map { downloads[visible[$0]] } }

  func row(_ row: Int) -> Download { downloads[visible[row]] }

  func download(_ id: Download.ID) -> Download? { downloads.first { $0.id == id } }

  mutating func update(_ downloads: [Download]) {
    let old = self.downloads
    self.downloads = downloads
    counts = Counts(downloads)
    let isSame = downloads.hasSameIdentifiers(as: old)
    refilter(keepingOrder: isSame)
    if !isSame { forgetMarks() }
    selectNew(after: old)
    if isFollowing { keepSelection() } else { keepRow() }
  }

  mutating func filter(by text: String) {
    filter = Filter(text, keeping: filter)
    refilter()
    keepSelection()
  }

  mutating func sort(by order: TableOrder) {
    self.order = order
    refilter()
    keepSelection()
  }

  mutating func move(_ movement: Movement, page: Int) {
    guard let selectedRow else { return }
    select(row: movement.applied(to: selectedRow, count: visible.count, page: page))
  }

  mutating func select(_ id: UUID?) {
    selection = id
    keepSelection()
  }

  mutating func select(row: Int) {
    guard visible.indices.contains(row) else { return }
    selectedRow = row
    selection = downloads[visible[row]].id
  }

  /// Selects the first download that the next news bring in addition.
  mutating func expectNew() { countBeforeNew = downloads.count }

  /// Moves the rows shown so that the cursor is among them.
  mutating func scroll(page: Int) {
    let page = max(1, page)
    let row = selectedRow ?? 0
    offset = max(min(offset, row), row - page + 1)
    offset = max(0, min(offset, visible.count - page))
  }

  /// - Parameter isSame: the downloads are those of before, in the same order, with other figures.
  private mutating func refilter(keepingOrder isSame: Bool = false) {
    if filter.needsSearchText { searchTexts.update(downloads) } else { searchTexts = SearchText() }
    let matching = filter.matches(downloads, context, searchTexts)
    guard !order.isQueue else {
      visible = inQueueOrder(matching)
      return
    }
    if isSame, let sortedAt, matching == sortedRows,
      abs(context.now.timeIntervalSince(sortedAt)) < Self.sortInterval
    {
      return
    }
    sortedAt = context.now
    sortedRows = matching
    visible = order.sorted(matching, of: downloads, context)
  }

  /// Puts those that wait at the backend into its order, among the places that they have: it may have
  /// been told to begin a later one first. Others stay where they were queued.
  private func inQueueOrder(_ rows: [Int]) -> [Int] {
    let places = rows.indices.filter {
      downloads[rows[$0]].status == .created && downloads[rows[$0]].queueOrder != nil
    }
    guard places.count > 1 else { return rows }
    let waiting = places.map { rows[$0] }.sorted { left, right in
      (downloads[left].queueOrder ?? 0, left) < (downloads[right].queueOrder ?? 0, right)
    }
    var rows = rows
    for (place, row) in zip(places, waiting) { rows[place] = row }
    return rows
  }

  private mutating func selectNew(after old: [Download]) {
    guard let countBeforeNew, downloads.count > countBeforeNew else { return }
    let known = Set(old.map(\.id))
    guard let new = visible.first(where: { !known.contains(downloads[$0].id) }) else { return }
    selection = downloads[new].id
    self.countBeforeNew = nil
    keepSelection()
  }

  /// Finds the download under the cursor again; when it is gone, its place is kept.
  private mutating func keepSelection() {
    if let selectedRow, visible.indices.contains(selectedRow),
      downloads[visible[selectedRow]].id == selection
    {
      return
    }
    if let selection, let row = visible.firstIndex(where: { downloads[$0].id == selection }) {
      selectedRow = row
    } else {
      keepRow()
    }
  }

  /// Leaves the cursor in its row, whatever stands there.
  private mutating func keepRow() {
    guard !visible.isEmpty else {
      selectedRow = nil
      return
    }
    select(row: min(selectedRow ?? visible.count - 1, visible.count - 1))
  }
}

// MARK: - Marks

extension DownloadList {
  /// The marked downloads in the table's order, those that the filter hides at the end; the one under
  /// the cursor when none is marked.
  var targets: [Download] {
    guard !marked.isEmpty else { return selected.map { [$0] } ?? [] }
    let shown = visible.map { downloads[$0] }.filter { marked.contains($0.id) }
    guard shown.count < marked.count else { return shown }
    let shownIDs = Set(shown.map(\.id))
    return shown + downloads.filter { marked.contains($0.id) && !shownIDs.contains($0.id) }
  }

  /// Marks the download under the cursor, or takes its mark away.
  mutating func toggleMark() {
    guard let selection else { return }
    if marked.remove(selection) == nil { marked.insert(selection) }
    anchor = nil
  }

  /// Begins a range at the cursor, or marks everything from its beginning to the cursor.
  mutating func markRange() {
    guard let selectedRow, let selection else { return }
    defer { self.anchor = self.anchor == nil ? selection : nil }
    guard let anchor, let start = visible.firstIndex(where: { downloads[$0].id == anchor }) else {
      marked.insert(selection)
      return
    }
    for row in min(start, selectedRow)...max(start, selectedRow) {
      marked.insert(downloads[visible[row]].id)
    }
  }

  mutating func markAll() { marked.formUnion(visible.map { downloads[$0].id }) }

  mutating func invertMarks() { marked.formSymmetricDifference(visible.map { downloads[$0].id }) }

  mutating func clearMarks() {
    marked = []
    anchor = nil
  }

  private mutating func forgetMarks() {
    guard !marked.isEmpty || anchor != nil else { return }
    let known = Set(downloads.map(\.id))
    marked.formIntersection(known)
    if let anchor, !known.contains(anchor) { self.anchor = nil }
  }
}

// MARK: - Searching

extension DownloadList {
  /// Puts the cursor on the next row that matches, from the cursor on or behind it, and around.
  ///
  /// - Parameter step: 1 forwards, -1 backwards.
  /// - Returns: false when no row matches.
  mutating func find(_ query: Filter, by step: Int, includingCursor: Bool) -> Bool {
    guard let selectedRow else { return false }
    let count = visible.count
    for distance in (includingCursor ? 0 : 1)...count {
      let row = ((selectedRow + distance * step) % count + count) % count
      guard query.matches(downloads[visible[row]], context) else { continue }
      select(row: row)
      return true
    }
    return false
  }
}

extension DownloadList {
  /// What the header counts.
  struct Counts: Sendable, Equatable {
    var active = 0
    var queued = 0
    /// Those of the queued that the backend has not accepted yet.
    var unsent = 0
    var done = 0
    var failed = 0
    var bytesPerSecond: Int64 = 0
    /// Bytes still to come of those whose size is known.
    var bytesToCome: Int64 = 0
    /// Bytes per second of those whose size is known.
    private var speedOfSized: Int64 = 0
    /// Those under way or queued whose size nobody has told.
    private(set) var unsized = 0
    private var bytesThere: Int64 = 0

    init() {}

    init(_ downloads: [Download]) {
      // By index and parts: a copy of each row costs more than counting it.
      for index in downloads.indices {
        let status = downloads[index].status
        count(status)
        guard !status.isTerminal else { continue }
        add(
          there: downloads[index].bytesDownloaded, total: downloads[index].bytesTotal,
          speed: downloads[index].bytesPerSecond)
      }
    }

    /// Seconds until all bytes to come have come, at the present speed; nil while that cannot be
    /// known.
    var secondsLeft: Int64? {
      guard speedOfSized > 0, bytesToCome > 0 else { return nil }
      return (bytesToCome - 1) / speedOfSized + 1
    }

    /// Whole percents of all that is under way or queued, rounded down; nil while sizes are unknown.
    var percent: Int? {
      let total = Double(bytesToCome) + Double(bytesThere)
      guard total > 0, unsized == 0 else { return nil }
      return bytesToCome == 0 ? 100 : min(99, Int(Double(bytesThere) * 100 / total))
    }

    private mutating func count(_ status: DownloadStatus) {
      switch status {
      case .running: active += 1
      case .completed: done += 1
      case .failed: failed += 1
      case .cancelled: break
      case .queued:
        queued += 1
        unsent += 1
      case .created: queued += 1
      default: active += 1
      }
    }

    private mutating func add(there: Int64?, total: Int64?, speed: Int64?) {
      let speed = max(0, speed ?? 0)
      bytesPerSecond.add(speed)
      guard let total else {
        unsized += 1
        return
      }
      let there = max(0, there ?? 0)
      bytesToCome.add(max(0, max(0, total) - there))
      bytesThere.add(min(max(0, total), there))
      speedOfSized.add(speed)
    }
  }
}

extension Int64 {
  /// Adds, and stays at the highest number there is.
  fileprivate mutating func add(_ other: Int64) {
    let (sum, overflow) = addingReportingOverflow(other)
    self = overflow ? .max : sum
  }
}
