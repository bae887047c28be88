import ComfyAPI
import Downloads
import Foundation
import GRDB
import Origins

/// A row of `tasks`: one requested download and how far it has come.
struct TaskRecord: Codable, Sendable, Equatable, Identifiable {
  /// Place in the order of making; given by the database.
  var sequence: Int64?
  var id: String
  /// Canonical URL of the source; it holds no token.
  var url: String
  var tags: [String]
  var userMetadata: [String: JSONValue]
  var previewID: String?
  /// Folder below the models root; nil until tags or source have told one.
  var folder: String?
  var name: String
  /// The name that the request wants the file saved as; nil for the source's.
  var chosenName: String?
  /// The hash that the content must have, as the contract writes it; nil for whatever the source has.
  var expectedHash: String?
  var status = TaskStatus.created.rawValue
  /// Tasks begin in the order of these.
  var position: Int64 = 0
  /// The asset whose file it fetches again; nil for an ordinary download.
  var repairs: String?
  /// Whose list the request came from; nil for one that told no place in it.
  var queueOwner: String?
  /// The place in that list, which decides where a new task stands.
  var queuePlace: Int64?
  /// Given its place by the user, which no order of the engine's changes.
  var isMoved = false
  /// Held back by the user.
  var isPaused = false
  /// What its transfer may take in bytes per second; nil for no limit of its own.
  var speedLimit: Int64?
  /// How often the transfer was begun.
  var attempt = 0
  /// What the source said the file is; bytes are kept only while this stays the same.
  var identity: String?
  /// Bytes of the whole file.
  var size: Int64?
  var published: PublishedHashes?
  /// What the source said of the file.
  var metadata: [String: JSONValue] = [:]
  /// Bytes of the partial file that are known to have reached the disk.
  var checkpoint: Int64 = 0
  /// Path below the models root that the finished file is about to get.
  var placement: String?
  /// What happened to kept bytes, for people; nil while there is nothing to say.
  var note: String?
  var errorCode: String?
  var errorMessage: String?
  var errorHint: String?
  var result: DownloadFileResult?
  var createdAt: Date
  var updatedAt: Date
  var startedAt: Date?
  var completedAt: Date?

  init(order: DownloadOrder, id: String, now: Date) {
    self.id = id
    url = order.url
    tags = order.tags
    userMetadata = order.userMetadata
    previewID = order.previewID
    folder = order.folder?.name
    name = order.fileName ?? order.reference.provisionalName
    chosenName = order.fileName
    expectedHash = order.expectedHash?.text
    queueOwner = order.place?.queue.uuidString
    queuePlace = order.place?.number
    createdAt = now
    updatedAt = now
  }
}

extension TaskRecord {
  var taskStatus: TaskStatus { TaskStatus(rawValue: status) }

  /// Name of the file below `<models>/.winch/` that takes the bytes.
  var partialName: String { Self.partialName(of: id) }

  static func partialName(of id: String) -> String { id + ".part" }

  /// Name that bytes with a wrong hash are put aside under.
  var rejectedName: String { id + ".rejected" }
}

extension TaskRecord: StoredRecord {
  static let databaseTableName = "tasks"

  mutating func didInsert(_ inserted: InsertionSuccess) { sequence = inserted.rowID }

  enum Columns {
    static let sequence = Column(CodingKeys.sequence)
    static let id = Column(CodingKeys.id)
    static let url = Column(CodingKeys.url)
    static let status = Column(CodingKeys.status)
    static let position = Column(CodingKeys.position)
    static let placement = Column(CodingKeys.placement)
    static let checkpoint = Column(CodingKeys.checkpoint)
    static let createdAt = Column(CodingKeys.createdAt)
    static let updatedAt = Column(CodingKeys.updatedAt)
  }
}
