import Downloads
import Foundation

/// Downloads as aligned lines, one each, outside of the screen.
///
/// In a terminal columns that say nothing are left out, and others where there is no room; the name is
/// shortened, and why one failed stands below it. A file or pipe always gets the same columns, and one
/// line a download.
public struct DownloadTable {
  private let columns: [TableColumn]
  private let medium: LineMedium
  private let cells: CellText

  /// - Parameters:
  ///   - selection: what it is sorted by has a column in a terminal.
  ///   - isOnline: whether the backend answers; else silence says nothing.
  public init(
    _ selection: ListSelection? = nil, medium: LineMedium, hosts: SourceHosts, isOnline: Bool,
    now: Date
  ) {
    let sort = selection?.sortColumn.flatMap { Self.usual.contains($0) ? nil : $0 }
    let extra = medium.isTerminal ? sort.flatMap(Self.shown) : nil
    self.init(Self.usual + (extra.map { [$0] } ?? []), medium, hosts, isOnline, now)
  }

  private init(
    _ columns: [TableColumn], _ medium: LineMedium, _ hosts: SourceHosts, _ isOnline: Bool,
    _ now: Date
  ) {
    self.columns = columns
    self.medium = medium
    cells = CellText(
      glyphs: medium.glyphs,
      context: FilterContext(now: now, isOnline: isOnline, sources: DownloadSources(hosts)),
      now: now)
  }

  /// One download as a line that can stand below others, without what moves.
  public static func line(
    _ download: Download, medium: LineMedium, hosts: SourceHosts, now: Date
  ) -> [StyledLine] {
    let table = DownloadTable([.id, .status, .percent, .size], medium, hosts, true, now)
    return table.rows([download], widths: table.columns.map { least[$0] ?? 0 })
  }

  private static let usual: [TableColumn] = [.id, .status, .percent, .size, .speed, .left]
  /// Columns of cells that a single line has at least, so that several are aligned.
  private static let least: [TableColumn: Int] = [.id: 8, .status: 12, .percent: 4, .size: 7]
  /// In this order they are left out where the name has no room.
  private static let dispensable: [TableColumn] = [.left, .speed, .size, .percent, .status, .id]
  private static let leastName = 14
  private static let gap = "  "

  /// The column that tells what another one draws or abbreviates; nil where a usual one does.
  private static func shown(_ column: TableColumn) -> TableColumn? {
    switch column {
    case .name, .mark, .bar, .position, .folder: nil
    default: column
    }
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
    let extra = columns.dropFirst(Self.usual.count)
    for column in extra + Self.dispensable {
      let room = width - kept.reduce(0) { $0 + widths[$1] + Self.gap.count }
      if room >= Self.leastName { break }
      kept.removeAll { columns[$0] == column }
    }
    let table = DownloadTable(kept.map { columns[$0] }, medium, cells)
    let keptWidths = kept.map { widths[$0] }
    return [table.titles(keptWidths)] + table.rows(downloads, widths: keptWidths)
  }

  private init(_ columns: [TableColumn], _ medium: LineMedium, _ cells: CellText) {
    self.columns = columns
    self.medium = medium
    self.cells = cells
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
    let reason = download.failure.map { medium.shown($0.message) }
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
      TextWidth.clipped(reason, to: max(1, width - indent), mark: mark), medium.styles.bad)
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
    case .tags: return cells.tags(download)
    case .error: return download.failure?.code ?? ""
    default: return cells.fact(column, download, 0)
    }
  }
}
