import Downloads
import Foundation

/// What a filter must know besides a download.
struct FilterContext: Sendable {
  var now: Date
  /// While the backend is away silence says nothing.
  var isOnline: Bool
  var sources: DownloadSources
  /// Whether the rows are stored files, and their states those of files.
  var isStored = false
}

extension FilterTerm {
  /// - Parameter searchText: as `SearchText` makes it; empty where no term needs it.
  func holds(
    _ download: Download, _ context: FilterContext, _ searchText: [UInt8]
  ) -> Bool {
    switch self {
    case .anywhere(let needle):
      needle.isIn(searchText) || needle.isIn(context.word(of: download))
    case .contains(let field, let needle): field.hasText(of: download, where: needle.isIn)
    case .equals(let field, let needle): field.hasText(of: download, where: needle.equals)
    case .state(let state): state.holds(download, word: context.word(of: download))
    case .source(let source): context.sources.source(of: download.url) == source
    case .error(let error): download.failure.map(error.holds) ?? false
    case .metadata(let key, let value): Self.holds(download.userMetadata, key: key, value: value)
    case .number(let field, let comparison, let bound):
      field.number(of: download, now: context.now).map { comparison.holds($0, bound) } ?? false
    case .fraction(let comparison, let bound):
      download.fraction.map { comparison.holds($0, bound) } ?? false
    }
  }
}

extension FilterContext {
  func word(of download: Download) -> String { label(of: download).word }

  func label(of download: Download) -> StatusLabel {
    StatusLabel(download, silence: silence(of: download), isStored: isStored)
  }

  private func silence(of download: Download) -> Int64? {
    guard isOnline else { return nil }
    return download.silence(at: now).map { Int64(min($0, 1e9)) }
  }
}
