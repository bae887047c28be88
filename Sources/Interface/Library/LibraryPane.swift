import Downloads

/// What the backend has stored, as rows of a table of its own.
struct LibraryPane: Sendable {
  private(set) var snapshot = LibrarySnapshot()
  /// Its downloads stand in the order of the snapshot's assets.
  var list: DownloadList
  /// Bytes of all files whose size is known.
  private(set) var bytes: Int64 = 0

  init(context: FilterContext) {
    var context = context
    context.isStored = true
    list = DownloadList(context: context)
  }

  mutating func update(_ new: LibrarySnapshot) {
    let isFirst = list.downloads.isEmpty
    list.update(rows(of: new))
    bytes = list.downloads.lazy.map(\.bytesTotal).knownSum
    snapshot = new
    // The newest stands first.
    if isFirst { list.select(row: 0) }
  }

  /// Makes anew only the rows that have changed: pages are added at the end.
  private func rows(of new: LibrarySnapshot) -> [Download] {
    new.assets.indices.map { index in
      let asset = new.assets[index]
      let check = new.checks[asset.id]
      guard index < snapshot.assets.count, snapshot.assets[index] == asset,
        snapshot.checks[asset.id] == check
      else { return Download(asset, check: check) }
      return list.downloads[index]
    }
  }

  /// The file under the cursor.
  var selected: LibraryAsset? { list.selectedRow.map { snapshot.assets[list.visible[$0]] } }

  /// The files that rows stand for, in their order.
  func assets(of rows: [Download]) -> [LibraryAsset] {
    let wanted = Set(rows.compactMap(\.assetID))
    let found = Dictionary(
      snapshot.assets.filter { wanted.contains($0.id) }.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    return rows.compactMap { $0.assetID.flatMap { found[$0] } }
  }

  /// How far the files that are being read again have come; nil when there are none.
  var checking: (files: Int, percent: Int)? {
    let going = snapshot.checks.values.filter { !$0.state.isEnd }
    guard !going.isEmpty else { return nil }
    let total = going.reduce(0.0) { $0 + Double(max(0, $1.bytesTotal)) }
    let read = going.reduce(0.0) { $0 + Double(max(0, $1.bytesChecked)) }
    return (going.count, total > 0 ? Int(min(99, read * 100 / total)) : 0)
  }
}
