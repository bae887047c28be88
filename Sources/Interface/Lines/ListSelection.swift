import Downloads
import Foundation

/// Which downloads a list shows, and in which order: filters and columns are those of the screen.
public struct ListSelection: Sendable {
  private let filters: [Filter]
  private var order = TableOrder.queue
  private let isReversed: Bool

  /// What lists can be sorted by: the queue's own order, and the columns of the screen's table.
  public static let sortNames =
    [TableOrder.queueName] + TableColumn.allCases.filter { $0 != .position }.map(\.rawValue)

  /// - Parameters:
  ///   - filters: as the screen takes them; what is shown matches all.
  ///   - sort: one of `sortNames`; nil is the order of the queue.
  /// - Throws: `ListMistake` where a filter means nothing, or nothing can be sorted by that.
  public init(
    filters texts: [String] = [], sort: String? = nil, isReversed: Bool = false
  ) throws(ListMistake) {
    filters = texts.map { Filter($0) }
    self.isReversed = isReversed
    for filter in filters {
      if let mistake = filter.mistake { throw ListMistake(mistake, in: filter.text) }
    }
    guard let sort, sort != TableOrder.queueName else { return }
    guard Self.sortNames.contains(sort), let column = TableColumn(rawValue: sort) else {
      throw ListMistake(sort: sort)
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
    let context = FilterContext(now: now, isOnline: isOnline, sources: DownloadSources(hosts))
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
    return order.sorted(rows, of: downloads, context).map { downloads[$0] }
  }

  /// What the rows are sorted by; nil for the order of the queue.
  var sortColumn: TableColumn? { order.keys.first?.column }

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

  init(sort name: String) {
    let nearest = NearestName.to(name, among: ListSelection.sortNames)
    lines = [
      "There is no column \(PlainText.sanitized(name)) to sort by.",
      nearest.map { "Did you mean \($0)?" }
        ?? "There are \(ListSelection.sortNames.joined(separator: ", ")).",
    ]
  }
}
