import Downloads

extension PlacesHealth {
  /// Looks whether the places are there.
  static func looking(_ found: FoundPlaces) -> PlacesHealth {
    PlacesHealth(
      places: found.places,
      missing: Set(found.places.map(\.path).filter { !FoundPlaces.isFolder($0) }),
      warnings: found.warnings)
  }
}
