import ComfyAPI
import Origins

/// Files that were in the models tree, or elsewhere on this machine, before anybody asked for them.
extension Engine {
  /// Asks for a walk through the models tree, which ends soon; `libraryScan` tells what it has found.
  /// Downloads go on meanwhile.
  public func scanLibrary() async throws(EngineError) -> LibraryScanStatus {
    await index.scan()
    return try await libraryScan()
  }

  public func libraryScan() async throws(EngineError) -> LibraryScanStatus {
    try await EngineError.translating { try await index.status() }
  }

  /// What looks for a file on this machine before it is fetched.
  var contentFinder: ContentFinder {
    ContentFinder(
      store: store, library: library, index: index, places: places,
      cache: configuration.hubCache.map(HubCache.init),
      reservedBytes: configuration.reservedBytes, live: live, now: environment.now, logger: logger)
  }
}
