import Downloads

/// Tells when ComfyUI has models in other places than before: a file that names them may be edited, and a
/// ComfyUI started, at any time.
struct PlacesWatch: Sendable {
  let settings: Settings
  var proc = "/proc"
  /// Between two looks, each of which reads a few files and the list of processes.
  var interval = Duration.seconds(30)

  /// Calls the body with what is found each time that it is something else, until the calling task is
  /// cancelled. While the settings cannot be read nothing changes.
  ///
  /// - Parameter known: what is known already.
  func run(knowing known: FoundPlaces, _ body: (FoundPlaces) async -> Void) async {
    var last = known
    while !Task.isCancelled {
      try? await Task.sleep(for: interval)
      guard !Task.isCancelled, let current = try? settings.reread() else { continue }
      let found = await OffThread.run { [proc] in FoundPlaces(current, proc: proc) }
      guard found != last else { continue }
      last = found
      await body(found)
    }
  }
}
