import Downloads

extension DownloadList {
  /// The marked downloads in the table's order, those that the filter hides at the end; the one under
  /// the cursor when none is marked.
  var targets: [Download] {
    let marked = marked.union(rangeIDs)
    guard !marked.isEmpty else { return selected.map { [$0] } ?? [] }
    let shown = visible.map { downloads[$0] }.filter { marked.contains($0.id) }
    guard shown.count < marked.count else { return shown }
    let shownIDs = Set(shown.map(\.id))
    return shown + downloads.filter { marked.contains($0.id) && !shownIDs.contains($0.id) }
  }

  /// The rows from where a range was begun to the cursor; nil while none is.
  var range: ClosedRange<Int>? {
    guard let anchor, let selectedRow else { return nil }
    // The filter may hide where it was begun.
    let start = visible.firstIndex { downloads[$0].id == anchor } ?? selectedRow
    return min(start, selectedRow)...max(start, selectedRow)
  }

  private var rangeIDs: [Download.ID] { range?.map { downloads[visible[$0]].id } ?? [] }

  /// How many actions are done to; 0 when it is only the one under the cursor.
  var markCount: Int { anchor == nil ? marked.count : marked.union(rangeIDs).count }

  /// Marks the download under the cursor, or takes its mark away; ends a range with it.
  mutating func toggleMark() {
    guard let selection else { return }
    guard anchor == nil else { return fixRange() }
    if marked.remove(selection) == nil { marked.insert(selection) }
  }

  /// Begins a range at the cursor, or marks everything from its beginning to the cursor.
  mutating func markRange() {
    guard anchor == nil else { return fixRange() }
    anchor = selection
  }

  private mutating func fixRange() {
    marked.formUnion(rangeIDs)
    anchor = nil
  }

  /// Gives a range up that was begun.
  mutating func abandonRange() { anchor = nil }

  mutating func markAll() {
    fixRange()
    marked.formUnion(visible.map { downloads[$0].id })
  }

  mutating func invertMarks() {
    fixRange()
    marked.formSymmetricDifference(visible.map { downloads[$0].id })
  }

  mutating func clearMarks() {
    marked = []
    anchor = nil
  }

  mutating func forgetMarks() {
    guard !marked.isEmpty || anchor != nil else { return }
    let known = Set(downloads.map(\.id))
    marked.formIntersection(known)
    if let anchor, !known.contains(anchor) { self.anchor = nil }
  }
}
