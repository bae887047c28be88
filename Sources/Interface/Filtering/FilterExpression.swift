/// What a filter's text means.
indirect enum FilterExpression: Sendable, Equatable {
  case everything
  case term(FilterTerm)
  case not(FilterExpression)
  case all([FilterExpression])
  case any([FilterExpression])

  /// - Parameter matches: whether a download is what a term says.
  func holds(_ matches: (FilterTerm) -> Bool) -> Bool {
    switch self {
    case .everything: true
    case .term(let term): matches(term)
    case .not(let expression): !expression.holds(matches)
    case .all(let expressions): expressions.allSatisfy { $0.holds(matches) }
    case .any(let expressions): expressions.contains { $0.holds(matches) }
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
}
