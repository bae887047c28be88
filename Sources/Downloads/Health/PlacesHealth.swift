/// Where ComfyUI has models besides the models root.
public struct PlacesHealth: Sendable, Equatable {
  public var places: [ModelsPlace]
  /// Paths of places that are no folders.
  public var missing: Set<String>
  /// What of ComfyUI's files could not be used, one sentence each.
  public var warnings: [String]

  public init(places: [ModelsPlace], missing: Set<String> = [], warnings: [String] = []) {
    self.places = places
    self.missing = missing
    self.warnings = warnings
  }

  /// Places that are named; there may be hundreds.
  private static let mostNamed = 8

  public var check: HealthCheck {
    guard warnings.isEmpty else {
      return HealthCheck(
        "places", .warning, warnings.joined(separator: " "),
        remedy: "Correct the file; the rest of it is used.")
    }
    let there = places.filter { !missing.contains($0.path) }
    guard !there.isEmpty else {
      return HealthCheck("places", .ok, "ComfyUI has models nowhere else")
    }
    let named = there.prefix(Self.mostNamed).map { place in
      place.path + (place.folder.map { " (\($0.name))" } ?? "")
    }
    let more = there.count > named.count ? " and \(there.count - named.count) more" : ""
    return HealthCheck("places", .ok, "also reads \(named.joined(separator: ", "))\(more)")
  }
}
