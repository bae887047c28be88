import Foundation
import GRDB

extension Store {
  /// Assets that hold the same content, by what the source calls it or by its hash; oldest
  /// first, and none when neither is known.
  func assets(identity: String?, sha256: String?) throws -> [AssetRecord] {
    let same = [
      identity.map { AssetRecord.Columns.identity == $0 },
      sha256.map { AssetRecord.Columns.sha256 == $0 },
    ].compactMap(\.self)
    return try pool.read { database in
      try AssetRecord.filter(same.joined(operator: .or)).order(AssetRecord.Columns.sequence)
        .fetchAll(database)
    }
  }

  func asset(_ id: String) throws -> AssetRecord? {
    try pool.read { try AssetRecord.filter(AssetRecord.Columns.id == id).fetchOne($0) }
  }

  /// Changes an asset as it is now and returns it; nil when there is none.
  func updateAsset(
    _ id: String, _ change: @escaping @Sendable (inout AssetRecord) -> Void
  ) async throws -> AssetRecord? {
    try await write { database in
      guard
        var asset = try AssetRecord.filter(AssetRecord.Columns.id == id).fetchOne(database)
      else { return nil }
      change(&asset)
      try asset.update(database)
      return asset
    }
  }

  /// False when there is no such asset.
  ///
  /// - Parameter file: the file that stays; nil when there is none. It is remembered, so that no walk
  ///   through the tree lists it again, and its content is known.
  func deleteAsset(
    _ asset: AssetRecord, leaving file: Disk.FileStatus?
  ) async throws -> Bool {
    try await write { database in
      if let file { try Self.keepUnlisted(asset, file, database) }
      return try AssetRecord.filter(AssetRecord.Columns.id == asset.id).deleteAll(database) > 0
    }
  }

  /// Inserts or updates an asset.
  @discardableResult
  func save(_ asset: AssetRecord) async throws -> AssetRecord {
    try await write { try Self.save(asset, $0) }
  }

  /// Writes an asset and the end of the task that brought it, both or neither.
  @discardableResult
  func complete(
    _ id: String, with asset: AssetRecord, now: Date,
    _ change: @escaping @Sendable (inout TaskRecord, AssetRecord) -> Void
  ) async throws -> TaskRecord? {
    try await write { database in
      guard var task = try Self.task(id, database) else { return nil }
      let saved = try Self.save(asset, database)
      try Self.forgetRanges(of: id, database)
      change(&task, saved)
      task.updatedAt = now
      try task.update(database)
      return task
    }
  }

  /// A path has one record: a file that came back under its old name keeps its identifier.
  private static func save(_ asset: AssetRecord, _ database: Database) throws -> AssetRecord {
    var asset = asset
    guard
      let existing = try AssetRecord.filter(AssetRecord.Columns.path == asset.path)
        .fetchOne(database)
    else {
      try asset.insert(database)
      return asset
    }
    asset.sequence = existing.sequence
    asset.id = existing.id
    asset.createdAt = existing.createdAt
    try asset.update(database)
    return asset
  }
}
