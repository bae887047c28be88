import Downloads
import Foundation

extension DownloadList {
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

  mutating func selectNew(after old: [Download]) {
    guard let countBeforeNew, downloads.count > countBeforeNew else { return }
    let known = Set(old.map(\.id))
    guard let new = visible.first(where: { !known.contains(downloads[$0].id) }) else { return }
    selection = downloads[new].id
    self.countBeforeNew = nil
    keepSelection()
  }

  /// Finds the download under the cursor again; when it is gone, its place is kept.
  mutating func keepSelection() {
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
  mutating func keepRow() {
    guard !visible.isEmpty else {
      selectedRow = nil
      return
    }
    select(row: min(selectedRow ?? visible.count - 1, visible.count - 1))
  }
}
