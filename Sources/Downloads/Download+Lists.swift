/// Long lists of downloads, gone through many times a second.
extension [Download] {
  /// Whether the same downloads stand in the same order in both.
  ///
  /// Goes by index: a loop over the rows would copy them, and count up and down a dozen references
  /// for each.
  public func hasSameIdentifiers(as other: [Download]) -> Bool {
    count == other.count && indices.allSatisfy { self[$0].id == other[$0].id }
  }
}
