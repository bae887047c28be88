import Downloads

/// One thing that is asked of a download.
enum FilterTerm: Sendable, Equatable {
  /// Stands in the name, status, folder, tags or link.
  case anywhere(Needle)
  case contains(FilterField, Needle)
  /// The whole of the field, as in `tag=flux`.
  case equals(FilterField, Needle)
  case state(FilterState)
  case source(DownloadSource)
  case error(FilterError)
  /// A key of the user's metadata; without a value any will do.
  case metadata(key: String, value: Needle?)
  case number(FilterField, Comparison, Double)
  /// The part that is there, from 0 to 1.
  case fraction(Comparison, Double)

  enum Comparison: Sendable, Equatable {
    case less, atMost, equal, atLeast, more

    func holds(_ value: Double, _ bound: Double) -> Bool {
      switch self {
      case .less: value < bound
      case .atMost: value <= bound
      case .equal: value == bound
      case .atLeast: value >= bound
      case .more: value > bound
      }
    }
  }

  /// True when the search texts of the downloads are needed.
  var looksAnywhere: Bool {
    if case .anywhere = self { return true }
    return false
  }

  /// The text that it looks for in a field.
  func needle(in field: FilterField) -> Needle? {
    switch self {
    case .anywhere(let needle): needle
    case .contains(field, let needle), .equals(field, let needle): needle
    default: nil
    }
  }
}
