import Downloads
import Foundation

/// Which downloads a list shows, and in which order: filters and columns are those of the screen.
public struct ListSelection: Sendable {
  private let filters: [Filter]
  private var order = TableOrder.queue
  private let isReversed: Bool
  private let isStored: Bool

  /// What lists can be sorted by: the queue's own order, and the columns of the screen's table.
  public static let sortNames =
    [TableOrder.queueName] + TableColumn.allCases.filter { $0 != .position }.map(\.rawValue)

  /// What lists of stored files can be sorted by.
  public static let sortNamesOfStoredFiles: [String] = {
    let same: [TableColumn] = [.position, .mark, .percent, .bar]
    return TableColumn.ofStoredFiles.filter { !same.contains($0) }.map(\.rawValue)
  }()

  /// - Parameters:
  ///   - filters: as the screen takes them; what is shown matches all.
  ///   - sort: one of `sortNames`, or `sortNamesOfStoredFiles`; nil is the order in which they are given.
  ///   - isStored: whether the rows are stored files.
  /// - Throws: `ListMistake` where a filter means nothing, or nothing can be sorted by that.
  public init(
    filters texts: [String] = [], sort: String? = nil, isReversed: Bool = false,
    isStored: Bool = false
  ) throws(ListMistake) {
    filters = texts.map { Filter($0) }
    self.isReversed = isReversed
    self.isStored = isStored
    for filter in filters {
      if let mistake = filter.mistake { throw ListMistake(mistake, in: filter.text) }
    }
    let names = isStored ? Self.sortNamesOfStoredFiles : Self.sortNames
    guard let sort, isStored || sort != TableOrder.queueName else { return }
    guard names.contains(sort), let column = TableColumn(rawValue: sort) else {
      throw ListMistake(sort: sort, among: names)
    }
    order.sort(by: column)
  }

  public var showsEverything: Bool { filters.allSatisfy(\.showsEverything) }

  /// - Parameters:
  ///   - downloads: in the order of the queue.
  ///   - isOnline: whether the backend answers; else silence says nothing.
  public func chosen(
    from downloads: [Download], hosts: SourceHosts, isOnline: Bool, now: Date
  ) -> [Download] {
    rows(of: downloads, hosts, isOnline: isOnline, now: now).map { downloads[$0] }
  }

  /// - Parameter assets: in the order of the library.
  public func chosen(
    from assets: [LibraryAsset], hosts: SourceHosts, now: Date
  ) -> [LibraryAsset] {
    rows(of: assets.map { Download($0) }, hosts, isOnline: true, now: now).map { assets[$0] }
  }

  /// Places in the list.
  private func rows(
    of downloads: [Download], _ hosts: SourceHosts, isOnline: Bool, now: Date
  ) -> [Int] {
    let context = FilterContext(
      now: now, isOnline: isOnline, sources: DownloadSources(hosts), isStored: isStored)
    var rows = Array(downloads.indices)
    for filter in filters {
      var texts = SearchText()
      if filter.needsSearchText { texts.update(downloads) }
      rows = rows.filter { filter.matches($0, of: downloads, context, texts) }
    }
    var order = order
    if isReversed {
      if order.isQueue { rows.reverse() } else { order.invert() }
    }
    return order.sorted(rows, of: downloads, context)
  }

  /// What the rows are sorted by; nil for the order of the queue.
  var sortColumn: TableColumn? { order.keys.first?.column }

  /// Whether a word is written as a filter, and not as the name of something: with an operator, or with a
  /// field that only filters know.
  public static func isFilter(_ word: String) -> Bool {
    if word.contains(where: { "<>=!&|()".contains($0) }) { return true }
    guard let colon = word.firstIndex(of: ":") else { return false }
    return FilterField(typed: word[..<colon]) != nil && !AssetSelection.hasKind(word)
  }

  /// The field that the filters look for as a text, which nobody means: the shell has taken what stood
  /// behind it, such as `>5G`, for the name of a file.
  public var fieldWithoutValue: String? {
    filters.map { $0.text.trimmingSpaces() }.first { FilterField(rawValue: $0) != nil }
  }
}

/// Why a list cannot be chosen as it was asked for.
public struct ListMistake: Error, Sendable, Equatable {
  /// For people; the last says what to do.
  public let lines: [String]

  /// Shows where in the text the mistake is.
  init(_ mistake: FilterMistake, in text: String) {
    let shown = PlainText.sanitized(text)
    let before = TextWidth.columns(of: String(shown.prefix(mistake.place.lowerBound)))
    let marked = shown.dropFirst(mistake.place.lowerBound).prefix(max(1, mistake.place.count))
    let width = max(1, TextWidth.columns(of: String(marked)))
    lines = [
      "The filter cannot be read: \(mistake.sentence)", "  " + shown,
      "  " + String(repeating: " ", count: before) + String(repeating: "^", count: width),
      "Filters are those of the screen, in quotes: 'size>5G & !tag:flux', state:failed, src:civitai.",
    ]
  }

  init(sort name: String, among names: [String]) {
    let nearest = NearestName.to(name, among: names)
    lines = [
      "There is no column \(PlainText.sanitized(name)) to sort by.",
      nearest.map { "Did you mean \($0)?" }
        ?? "There are \(names.joined(separator: ", ")).",
    ]
  }
}
