import Downloads

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

  mutating func forgetMarks() {
    guard !marked.isEmpty || anchor != nil else { return }
    let known = Set(downloads.map(\.id))
    marked.formIntersection(known)
    if let anchor, !known.contains(anchor) { self.anchor = nil }
  }
}
