import Foundation
import GRDB

/// Files that somebody else put into the models tree.
extension Store {
  /// Takes what a walk through the tree has seen: new files come in, changed ones lose their hashes,
  /// vanished ones are forgotten with what was listed of them. A name of a file whose content is
  /// known gets its hashes without a read.
  func take(_ scan: LibraryScan, now: Date) async throws {
    try await write { database in
      let assets = try AssetRecord.fetchAll(database)
      let known = try SeenFile.fetchAll(database)
      let change = IndexChange(scan: scan, assets: assets, known: known)
      for file in change.vanished { try Self.forget(file, database) }
      for var file in change.changed { try file.upsert(database) }
      for (file, hashes) in change.recognized {
        try Self.list(file, hashes, now: now, database)
      }
    }
  }

  /// Writes down what a file holds, and lists it among the assets. Nothing happens when the file was
  /// seen changed meanwhile.
  func settle(_ file: SeenFile, _ hashes: ContentHashes, now: Date) async throws {
    try await write { database in
      guard let known = try SeenFile.fetchOne(database, key: file.path), known.looks(as: file)
      else { return }
      try Self.list(known, hashes, now: now, database)
    }
  }

  /// Files that nobody has hashed, the smallest first.
  func unhashedFiles() throws -> [SeenFile] {
    try pool.read { database in
      try SeenFile.filter(SeenFile.Columns.sha256 == nil)
        .order(SeenFile.Columns.size, SeenFile.Columns.path).fetchAll(database)
    }
  }

  /// Unhashed files that could hold content of this size.
  func unhashedFiles(size: Int64) throws -> [SeenFile] {
    try pool.read { database in
      try SeenFile.filter(SeenFile.Columns.sha256 == nil && SeenFile.Columns.size == size)
        .order(SeenFile.Columns.path).fetchAll(database)
    }
  }

  /// Files with this content that are not listed as assets.
  func files(sha256: String) throws -> [SeenFile] {
    try pool.read { database in
      try SeenFile.filter(SeenFile.Columns.sha256 == sha256).order(SeenFile.Columns.path)
        .fetchAll(database)
    }
  }

  /// The next walk sees the file as it is then.
  func forgetFile(at path: String) async throws {
    try await write { _ = try SeenFile.deleteOne($0, key: path) }
  }

  /// Remembers the file of an asset that is forgotten, so that the next walk does not list it again.
  static func keepUnlisted(_ asset: AssetRecord, _ status: Disk.FileStatus, _ database: Database)
    throws
  {
    var file = SeenFile(path: asset.path, status: status)
    file.hashes = ContentHashes(sha256: asset.sha256, blake3: asset.blake3)
    try file.upsert(database)
  }

  private static func forget(_ file: SeenFile, _ database: Database) throws {
    try file.delete(database)
    guard let asset = try asset(at: file.path, database), asset.isFound else { return }
    try asset.delete(database)
  }

  /// A file is listed once, when its content becomes known: whoever then forgets it is not told of
  /// it again.
  private static func list(
    _ file: SeenFile, _ hashes: ContentHashes, now: Date, _ database: Database
  ) throws {
    var file = file
    file.hashes = hashes
    try file.upsert(database)
    guard var asset = try asset(at: file.path, database) else {
      var asset = AssetRecord(found: file, hashes, now: now)
      return try asset.insert(database)
    }
    if asset.blake3 == hashes.blake3 {
      // A file that was only touched is the stored one again.
      asset.modificationTime = file.modificationTime
      try asset.update(database)
    } else if asset.isFound {
      asset.take(file, hashes, now: now)
      try asset.update(database)
    }
  }

  private static func asset(at path: String, _ database: Database) throws -> AssetRecord? {
    try AssetRecord.filter(AssetRecord.Columns.path == path).fetchOne(database)
  }
}

/// What a walk through the tree changes in the index.
private struct IndexChange {
  /// Without hashes.
  private(set) var changed: [SeenFile] = []
  /// New names of files whose content is known.
  private(set) var recognized: [(SeenFile, ContentHashes)] = []
  private(set) var vanished: [SeenFile] = []

  init(scan: LibraryScan, assets: [AssetRecord], known: [SeenFile]) {
    let assets = Dictionary(assets.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    let known = Dictionary(known.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    var contents: [SeenFile.Identity: ContentHashes] = [:]
    var unknown: [SeenFile] = []
    for file in scan.files {
      if let asset = assets[file.path], file.looks(as: asset) {
        contents[file.identity] = ContentHashes(sha256: asset.sha256, blake3: asset.blake3)
      } else if let earlier = known[file.path], file.looks(as: earlier) {
        if let hashes = earlier.hashes { contents[file.identity] = hashes }
      } else {
        unknown.append(file)
      }
    }
    for file in unknown {
      if let hashes = contents[file.identity] {
        recognized.append((file, hashes))
      } else {
        changed.append(file)
      }
    }
    let paths = Set(scan.files.map(\.path))
    vanished = known.values.filter { !paths.contains($0.path) && scan.hasLooked(at: $0.path) }
  }
}
