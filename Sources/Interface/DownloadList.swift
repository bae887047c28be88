import Downloads
import Foundation

/// The downloads as the table shows them: filtered, counted, one selected.
///
/// The selection is a download, not a row: news never moves it to another one.
struct DownloadList: Sendable {
  private(set) var downloads: [Download] = []
  private(set) var counts = Counts()
  /// Indices of the downloads that match the filter, in queue order.
  private(set) var visible: [Int] = []
  private(set) var selection: UUID?
  /// The selection's place among the visible ones; nil when there are none.
  private(set) var selectedRow: Int?
  /// First visible row on the screen.
  private(set) var offset = 0
  private(set) var filter = Filter("")
  /// Downloads there were when new ones were announced; the first of the new is selected.
  private var countBeforeNew: Int?
  private var searchTexts = SearchText()
  var context: FilterContext

  init(context: FilterContext) { self.context = context }

  var selected: Download? { selectedRow.map { downloads[visible[$0]] } }

  func row(_ row: Int) -> Download { downloads[visible[row]] }

  func download(_ id: Download.ID) -> Download? { downloads.first { $0.id == id } }

  mutating func update(_ downloads: [Download]) {
    let old = self.downloads
    self.downloads = downloads
    counts = Counts(downloads)
    refilter()
    selectNew(after: old)
    keepSelection()
  }

  mutating func filter(by text: String) {
    filter = Filter(text, keeping: filter)
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

  /// Selects the first download that the next news bring in addition.
  mutating func expectNew() { countBeforeNew = downloads.count }

  /// Moves the rows shown so that the selection is among them.
  mutating func scroll(page: Int) {
    let page = max(1, page)
    let row = selectedRow ?? 0
    offset = max(min(offset, row), row - page + 1)
    offset = max(0, min(offset, visible.count - page))
  }

  private mutating func refilter() {
    if filter.needsSearchText { searchTexts.update(downloads) } else { searchTexts = SearchText() }
    visible = filter.matches(downloads, context, searchTexts)
  }

  private mutating func selectNew(after old: [Download]) {
    guard let countBeforeNew, downloads.count > countBeforeNew else { return }
    let known = Set(old.map(\.id))
    guard let new = visible.first(where: { !known.contains(downloads[$0].id) }) else { return }
    selection = downloads[new].id
    self.countBeforeNew = nil
  }

  /// Finds the selected download again; when it is gone, its place is kept.
  private mutating func keepSelection() {
    if let selectedRow, visible.indices.contains(selectedRow),
      downloads[visible[selectedRow]].id == selection
    {
      return
    }
    if let selection, let row = visible.firstIndex(where: { downloads[$0].id == selection }) {
      selectedRow = row
    } else if visible.isEmpty {
      selectedRow = nil
    } else {
      select(row: min(selectedRow ?? visible.count - 1, visible.count - 1))
    }
  }

  private mutating func select(row: Int) {
    guard visible.indices.contains(row) else { return }
    selectedRow = row
    selection = downloads[visible[row]].id
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

    init() {}

    init(_ downloads: [Download]) {
      for download in downloads { add(download) }
    }

    /// Seconds until all bytes to come have come, at the present speed; nil while that cannot be
    /// known.
    var secondsLeft: Int64? {
      guard speedOfSized > 0, bytesToCome > 0 else { return nil }
      return (bytesToCome - 1) / speedOfSized + 1
    }

    private mutating func add(_ download: Download) {
      switch download.status {
      case .completed: done += 1
      case .failed: failed += 1
      case .cancelled: break
      case .queued:
        queued += 1
        unsent += 1
      case .created: queued += 1
      default: active += 1
      }
      guard !download.status.isTerminal else { return }
      let speed = max(0, download.bytesPerSecond ?? 0)
      bytesPerSecond.add(speed)
      guard let total = download.bytesTotal else {
        unsized += 1
        return
      }
      bytesToCome.add(max(0, max(0, total) - max(0, download.bytesDownloaded ?? 0)))
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
