import Downloads
import Foundation

/// A list of downloads that a terminal draws over: no more lines than it has, and one free below.
///
/// Where there is no room for all, the ended ones are left out first, the oldest end before the newer,
/// unless the user has chosen the order: then the last are.
public struct ListPicture {
  private let room: Size
  private let medium: LineMedium
  private let table: DownloadTable
  private let isInOrderOfQueue: Bool

  /// - Parameters:
  ///   - size: the terminal's.
  ///   - isOnline: whether the backend answers; else silence says nothing.
  public init(
    _ selection: ListSelection, size: Size, medium: LineMedium, hosts: SourceHosts, isOnline: Bool,
    now: Date
  ) {
    // A line that fills the last column would wrap in some terminals.
    room = Size(columns: max(1, size.columns - 1), rows: max(0, size.rows - 1))
    var medium = medium
    medium.width = room.columns
    self.medium = medium
    isInOrderOfQueue = selection.sortColumn == nil
    table = DownloadTable(selection, medium: medium, hosts: hosts, isOnline: isOnline, now: now)
  }

  /// - Parameters:
  ///   - downloads: those that are listed, in the order in which they are.
  ///   - count: how many there are besides the selection.
  public func lines(_ downloads: [Download], of count: Int) -> [StyledLine] {
    guard !downloads.isEmpty else {
      return note(count == 0 ? "Nothing is queued." : "None of \(count) downloads matches.")
    }
    let titles = 1
    if titles + downloads.reduce(0, { $0 + table.height(of: $1) }) <= room.rows {
      return table.lines(downloads)
    }
    let kept = rows(of: downloads, fitting: room.rows - titles - 1)
    let shown = kept.map { downloads[$0] }
    let rest = note("\(downloads.count - kept.count) more of \(downloads.count)")
    return Array((table.lines(shown) + rest).suffix(room.rows))
  }

  private func note(_ text: String) -> [StyledLine] {
    guard room.rows > 0 else { return [] }
    let clipped = TextWidth.clipped(text, to: room.columns, mark: medium.glyphs.ellipsis)
    return [StyledLine(clipped, medium.styles.faint)]
  }

  /// The places of those that have room.
  private func rows(of downloads: [Download], fitting height: Int) -> [Int] {
    var left = height
    var kept: [Int] = []
    for row in byImportance(downloads) {
      left -= table.height(of: downloads[row])
      if left < 0 { break }
      kept.append(row)
    }
    return kept.sorted()
  }

  private func byImportance(_ downloads: [Download]) -> [Int] {
    guard isInOrderOfQueue else { return Array(downloads.indices) }
    let ended = downloads.indices.filter { downloads[$0].status.isTerminal }
    let open = downloads.indices.filter { !downloads[$0].status.isTerminal }
    func end(_ row: Int) -> Date { downloads[row].completedAt ?? .distantPast }
    return open + ended.sorted { end($0) > end($1) }
  }
}
