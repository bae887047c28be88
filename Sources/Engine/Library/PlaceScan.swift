import Downloads

/// One walk through all places besides the models root. What a place cannot tell now, because its disk is
/// away, stays known.
struct PlaceScan: Sendable {
  /// Models with absolute paths, each once.
  private(set) var files: [SeenFile] = []
  /// Folders that could not be read, and why.
  private(set) var unreadable: [(path: String, cause: String)] = []

  private var walks: [(root: String, walk: ModelWalk)] = []

  /// Blocks until all was walked through.
  ///
  /// - Parameter check: called for each folder; may throw to end the walk.
  init(of places: [ModelsPlace], check: () throws(CancellationError) -> Void = {}) throws {
    var seen: Set<String> = []
    for place in places {
      do {
        let walk = try ModelWalk(of: place.path, as: place.folder, check: check)
        walks.append((place.path, walk))
        unreadable += walk.unreadable.map { (place.path + "/" + $0.path, $0.cause) }
        for file in walk.files {
          let path = place.path + "/" + file.path
          if seen.insert(path).inserted { files.append(SeenFile(path: path, status: file.status)) }
        }
      } catch let error as CancellationError {
        throw error
      } catch {
        unreadable.append((place.path, "\(error)"))
      }
    }
  }

  /// Whether a file would have been seen if it were there.
  ///
  /// - Parameter path: absolute.
  func hasLooked(at path: String) -> Bool {
    walks.contains { root, walk in
      path.hasPrefix(root + "/") && walk.hasLooked(at: String(path.dropFirst(root.count + 1)))
    }
  }
}
