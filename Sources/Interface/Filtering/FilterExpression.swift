import Downloads

/// What a filter's text means.
indirect enum FilterExpression: Sendable, Equatable {
  case everything
  case term(FilterTerm)
  case not(FilterExpression)
  case all([FilterExpression])
  case any([FilterExpression])

  /// Whether a download is what the expression says.
  ///
  /// Written with loops: closures would copy the download, which costs more than the comparison.
  ///
  /// - Parameter searchText: as `SearchText` makes it; empty where no term needs it.
  func holds(_ download: Download, _ context: FilterContext, _ searchText: [UInt8]) -> Bool {
    switch self {
    case .everything: return true
    case .term(let term): return term.holds(download, context, searchText)
    case .not(let expression): return !expression.holds(download, context, searchText)
    case .all(let expressions):
      for expression in expressions where !expression.holds(download, context, searchText) {
        return false
      }
      return true
    case .any(let expressions):
      for expression in expressions where expression.holds(download, context, searchText) {
        return true
      }
      return false
    }
  }

  /// True when some term of it is such a one.
  func contains(_ isWanted: (FilterTerm) -> Bool) -> Bool {
    switch self {
    case .everything: false
    case .term(let term): isWanted(term)
    case .not(let expression): expression.contains(isWanted)
    case .all(let expressions), .any(let expressions):
      expressions.contains { $0.contains(isWanted) }
    }
  }

  /// The texts that are looked for in a field; those behind a `!` are not.
  func needles(in field: FilterField) -> [Needle] {
    switch self {
    case .everything, .not: []
    case .term(let term): term.needle(in: field).map { [$0] } ?? []
    case .all(let expressions), .any(let expressions):
      expressions.flatMap { $0.needles(in: field) }
    }
  }
}
