/// Long lists of downloads, gone through many times a second.
extension [Download] {
  /// Whether the same downloads stand in the same order in both.
  public func hasSameIdentifiers(as other: [Download]) -> Bool {
    count == other.count && indices.allSatisfy { self[$0].isSame(as: other[$0]) }
  }
}

extension Download {
  /// Most have not changed at all, and need not be looked into.
  fileprivate func isSame(as other: Download) -> Bool {
    storage === other.storage || id == other.id
  }
}
