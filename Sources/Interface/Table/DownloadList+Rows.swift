import Downloads

// What the filter lets through, in the order of the table.
extension DownloadList {
  /// - Parameter isSame: the downloads are those of before, in the same order, with other figures.
  mutating func refilter(keepingOrder isSame: Bool = false) {
    keepSearchTexts()
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
      downloads[rows[$0]].canBeMoved && downloads[rows[$0]].queueOrder != nil
    }
    guard places.count > 1 else { return rows }
    let waiting = places.map { rows[$0] }.sorted { left, right in
      (downloads[left].queueOrder ?? 0, left) < (downloads[right].queueOrder ?? 0, right)
    }
    var rows = rows
    for (place, row) in zip(places, waiting) { rows[place] = row }
    return rows
  }

  /// Has the texts of all downloads at hand while a filter or a search looks for words in them.
  mutating func keepSearchTexts() {
    guard filter.needsSearchText || search?.needsSearchText == true else {
      searchTexts = SearchText()
      return
    }
    searchTexts.update(downloads)
  }
}
