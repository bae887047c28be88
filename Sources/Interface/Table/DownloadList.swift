import Downloads
import Foundation

/// The downloads as the table shows them: filtered, sorted, counted, one under the cursor, some
/// marked.
///
/// Cursor and marks are downloads, not rows: news never moves them to others. What is stored here is
/// changed by the facets alone; outside them it is only read.
struct DownloadList: Sendable {
  private(set) var downloads: [Download] = []
  private(set) var counts = Counts()
  /// Indices of the downloads that match the filter, in the order of the table.
  var visible: [Int] = []
  var selection: UUID?
  /// The cursor's place among the visible ones; nil when there are none.
  var selectedRow: Int?
  /// First visible row on the screen.
  var offset = 0
  private(set) var filter = Filter("")
  /// What n and N find again; nil before the first search.
  var search: Filter?
  /// The key of the saved view in front; nil while there is none.
  var view: String?
  private(set) var order = TableOrder.queue
  /// Downloads that actions are done to, instead of the one under the cursor.
  var marked: Set<UUID> = []
  /// Where a range of marks began.
  var anchor: UUID?
  /// Whether the cursor goes where its download goes; else it stays in its row.
  var isFollowing = true
  /// Downloads there were when new ones were announced; the first of the new is selected.
  var countBeforeNew: Int?
  var searchTexts = SearchText()
  var context: FilterContext
  /// When the rows were last put in order.
  var sortedAt: Date?
  /// What was put in order then, in the queue's order.
  var sortedRows: [Int] = []

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
}
