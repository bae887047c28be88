import Downloads
import Foundation

/// Downloads or stored files as aligned lines, one each, outside of the screen.
///
/// In a terminal columns that say nothing are left out, and others where there is no room; the name is
/// shortened, and why one failed or waits stands below it. A file or pipe always gets the same columns, and one
/// line a download.
public struct DownloadTable {
  private let columns: [TableColumn]
  /// How many of them, from the first on, always stand there where there is room.
  private let usualCount: Int
  private let medium: LineMedium
  private let cells: CellText

  /// - Parameters:
  ///   - selection: what it is sorted by has a column in a terminal.
  ///   - isOnline: whether the backend answers; else silence says nothing.
  public init(
    _ selection: ListSelection? = nil, medium: LineMedium, hosts: SourceHosts, isOnline: Bool,
    now: Date
  ) {
    let context = FilterContext(now: now, isOnline: isOnline, sources: DownloadSources(hosts))
    self.init(Self.usual, sortedBy: selection, medium, context)
  }

  /// A table of stored files.
  ///
  /// - Parameter selection: what it is sorted by has a column in a terminal.
  public init(
    ofStoredFiles selection: ListSelection, medium: LineMedium, hosts: SourceHosts, now: Date
  ) {
    let context = FilterContext(
      now: now, isOnline: true, sources: DownloadSources(hosts), isStored: true)
    self.init(Self.usualOfStoredFiles, sortedBy: selection, medium, context)
  }

  private init(
    _ usual: [TableColumn], sortedBy selection: ListSelection? = nil, _ medium: LineMedium,
    _ context: FilterContext
  ) {
    let sort = selection?.sortColumn.flatMap { usual.contains($0) ? nil : $0 }
    let extra = medium.isTerminal ? sort.flatMap(Self.shown) : nil
    columns = usual + (extra.map { [$0] } ?? [])
    usualCount = usual.count
    self.medium = medium
    cells = CellText(glyphs: medium.glyphs, context: context, now: context.now)
  }

  /// One download as a line that can stand below others, without what moves.
  public static func line(
    _ download: Download, medium: LineMedium, hosts: SourceHosts, now: Date
  ) -> [StyledLine] {
    let context = FilterContext(now: now, isOnline: true, sources: DownloadSources(hosts))
    let table = DownloadTable([.id, .status, .percent, .size], medium, context)
    return table.rows([download], widths: table.columns.map { least[$0] ?? 0 })
  }

  /// One download as a line of a list without a terminal, aligned with lines that come later.
  public static func changedLine(
    _ download: Download, hosts: SourceHosts, isOnline: Bool, now: Date
  ) -> [StyledLine] {
    let context = FilterContext(now: now, isOnline: isOnline, sources: DownloadSources(hosts))
    let table = DownloadTable(usual, LineMedium(), context)
    return table.rows([download], widths: table.columns.map { least[$0] ?? 0 })
  }

  private static let usual: [TableColumn] = [.id, .status, .percent, .size, .speed, .left]
  private static let usualOfStoredFiles: [TableColumn] = [.id, .status, .size, .tags]
  /// Columns of cells that a single line has at least, so that several are aligned.
  private static let least: [TableColumn: Int] = [
    .id: 8, .status: 12, .percent: 4, .size: 7, .speed: 8, .left: 5,
  ]
  /// In this order they are left out where the name has no room.
  private static let dispensable: [TableColumn] = [
    .tags, .left, .speed, .size, .percent, .status, .id,
  ]
  private static let leastName = 14
  /// Columns of cells in a terminal, whatever the tags.
  private static let widestTags = 24
  private static let gap = "  "

  /// The column that tells what another one draws or abbreviates; nil where a usual one does.
  private static func shown(_ column: TableColumn) -> TableColumn? {
    switch column {
    case .name, .mark, .bar, .position, .folder: nil
    default: column
    }
  }

  public func lines(_ assets: [LibraryAsset]) -> [StyledLine] {
    lines(assets.map { Download($0) })
  }

  /// How many lines of the table tell of a download.
  func height(of download: Download) -> Int {
    medium.isTerminal && download.reason != nil ? 2 : 1
  }

  public func lines(_ downloads: [Download]) -> [StyledLine] {
    guard !downloads.isEmpty else { return [] }
    var widths = columns.map { column in
      downloads.map { TextWidth.columns(of: text(column, $0)) }.max() ?? 0
    }
    guard let width = medium.width else { return rows(downloads, widths: widths) }
    // A column that says nothing of any of them is none.
    var kept = columns.indices.filter { widths[$0] > 0 }
    for index in kept { widths[index] = max(widths[index], columns[index].title.count) }
    let extra = columns.dropFirst(usualCount)
    for column in extra + Self.dispensable {
      let room = width - kept.reduce(0) { $0 + widths[$1] + Self.gap.count }
      if room >= Self.leastName { break }
      kept.removeAll { columns[$0] == column }
    }
    let table = DownloadTable(kept.map { columns[$0] }, of: self)
    let keptWidths = kept.map { widths[$0] }
    return [table.titles(keptWidths)] + table.rows(downloads, widths: keptWidths)
  }

  private init(_ columns: [TableColumn], of table: DownloadTable) {
    self.columns = columns
    usualCount = columns.count
    medium = table.medium
    cells = table.cells
  }

  private func titles(_ widths: [Int]) -> StyledLine {
    var line = StyledLine()
    for (column, width) in zip(columns, widths) {
      line.append(padded(column.title, column, width), medium.styles.heading)
      line.append(Self.gap)
    }
    line.append("Name", medium.styles.heading)
    return line
  }

  private func rows(_ downloads: [Download], widths: [Int]) -> [StyledLine] {
    downloads.flatMap { row($0, widths: widths) }
  }

  private func row(_ download: Download, widths: [Int]) -> [StyledLine] {
    var line = StyledLine()
    for (column, width) in zip(columns, widths) {
      line.append(padded(text(column, download), column, width), style(column, download))
      line.append(Self.gap)
    }
    let name = medium.shown((download.folder.map { $0 + "/" } ?? "") + download.name)
    let reason = download.reason.map { medium.shown(PlainText.sanitized($0)) }
    guard let width = medium.width else {
      line.append(name + (reason.map { Self.gap + "(" + $0 + ")" } ?? ""))
      return [line]
    }
    let mark = medium.glyphs.ellipsis
    line.append(
      FileNameText.shortened(name, to: max(1, width - line.columns), mark: mark))
    guard let reason else { return [line] }
    let indent = width < 40 ? 2 : 10
    var below = StyledLine(String(repeating: " ", count: indent))
    below.append(
      TextWidth.clipped(reason, to: max(1, width - indent), mark: mark),
      download.failure == nil ? medium.styles.faint : medium.styles.bad)
    return [line, below]
  }

  private func style(_ column: TableColumn, _ download: Download) -> Style {
    switch column {
    case .id: medium.styles.faint
    case .status: cells.context.label(of: download).style(medium.styles)
    default: .standard
    }
  }

  private func padded(_ text: String, _ column: TableColumn, _ width: Int) -> String {
    let space = String(repeating: " ", count: max(0, width - TextWidth.columns(of: text)))
    return column.isAlignedRight ? space + text : text + space
  }

  private func text(_ column: TableColumn, _ download: Download) -> String {
    let text = medium.shown(PlainText.sanitized(plainText(column, download)))
    // Those who split lines at blanks find the same columns in all.
    return text.isEmpty && !medium.isTerminal ? cells.glyphs.unknown : text
  }

  private func plainText(_ column: TableColumn, _ download: Download) -> String {
    switch column {
    case .status:
      let label = cells.context.label(of: download)
      return medium.isTerminal
        ? label.mark(isUnicode: medium.isUnicode) + " " + label.word : label.word
    case .size: return cells.size(download)
    case .done: return cells.done(download)
    case .percent: return cells.percent(download)
    case .speed: return cells.speed(download)
    case .left: return cells.left(download)
    case .tags: return tags(download)
    case .id where cells.context.isStored:
      return download.assetID.map { String($0.prefix(Self.idLength)) } ?? ""
    case .error: return download.failure?.code ?? ""
    default: return cells.fact(column, download, 0)
    }
  }

  /// Letters that tell one file of a library from the others, nearly always.
  private static let idLength = 8

  /// Without blanks where lines may be split at them.
  private func tags(_ download: Download) -> String {
    guard medium.isTerminal else { return download.tags.joined(separator: ",") }
    return TextWidth.clipped(
      cells.tags(download), to: Self.widestTags, mark: medium.glyphs.ellipsis)
  }
}

extension Download {
  /// Why it has failed, or waits.
  fileprivate var reason: String? { failure?.message ?? waitReason }
}
