import Interface

extension ListSelection {
  /// Says on standard error that a list is empty because of its filters.
  ///
  /// - Parameter all: what there is, such as `12 downloads`.
  func sayNothingMatches(of all: String) {
    StandardError.write("None of \(all) matches.")
    if let field = fieldWithoutValue {
      StandardError.write("If \(field) was more than a word, put the filter into quotes.")
    }
  }
}
