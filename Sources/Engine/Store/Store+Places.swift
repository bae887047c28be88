import GRDB

/// What stands in places besides the models root.
extension Store {
  /// Takes what a walk through the places has seen. Hashes hold while a file looks as it did.
  func take(_ scan: PlaceScan, of places: Places) async throws {
    try await write { database in
      let known = Dictionary(
        try PlacedFile.fetchAll(database).map { ($0.path, $0) }, uniquingKeysWith: { $1 })
      for file in scan.files where known[file.path]?.seen.looks(as: file) != true {
        var placed = PlacedFile(seen: file)
        try placed.upsert(database)
      }
      let paths = Set(scan.files.map(\.path))
      for file in known.values where !paths.contains(file.path) {
        guard scan.hasLooked(at: file.path) || !places.hold(file) else { continue }
        try file.delete(database)
      }
    }
  }

  /// Files that may hold content of this size, in no order.
  func placedFiles(size: Int64) throws -> [PlacedFile] {
    try pool.read { database in
      try PlacedFile.filter(PlacedFile.Columns.size == size).fetchAll(database)
    }
  }

  /// Writes down what a file holds; it need not have been seen by a walk.
  func settle(_ file: PlacedFile, _ hashes: ContentHashes) async throws {
    try await write { database in
      var file = file
      file.seen.hashes = hashes
      try file.upsert(database)
    }
  }
}
