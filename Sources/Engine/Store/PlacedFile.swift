import Foundation
import GRDB

/// A row of `placedFiles`: a model in a place besides the models root. It is no asset: nothing is listed,
/// changed or deleted there, and its content is only taken over.
struct PlacedFile: Sendable, Equatable {
  /// With an absolute path.
  var seen: SeenFile

  /// Absolute; unique.
  var path: String { seen.path }
}

extension PlacedFile: StoredRecord {
  static let databaseTableName = "placedFiles"

  init(row: Row) throws { seen = try SeenFile(row: row) }

  func encode(to container: inout PersistenceContainer) throws { try seen.encode(to: &container) }

  enum Columns {
    static let path = SeenFile.Columns.path
    static let size = SeenFile.Columns.size
  }
}
