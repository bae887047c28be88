import ComfyAPI
import Downloads
import Foundation
import GRDB

/// A download as a row of the journal. Live figures such as speed are not kept.
struct JournalRecord: Encodable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "download"
  static let persistenceConflictPolicy = PersistenceConflictPolicy(
    insert: .abort, update: .abort)

  var id: String
  var backend: String
  var url: String
  var name: String
  var folder: String?
  var tags: String
  var userMetadata: String
  var previewID: String?
  var status: String
  var taskID: String?
  var attempt: Int
  var bytesTotal: Int64?
  var bytesDownloaded: Int64?
  var hash: String?
  var sha256: String?
  var verified: Bool?
  var assetID: String?
  var path: String?
  var errorCode: String?
  var errorMessage: String?
  var errorHint: String?
  var createdAt: Double
  var startedAt: Double?
  var completedAt: Double?
  var fileName: String?
  var expectedHash: String?
}

extension JournalRecord {
  /// Those that are read, in the order in which `init(row:)` reads them.
  static var databaseSelection: [any SQLSelectable] {
    [
      "id", "backend", "url", "name", "folder", "tags", "userMetadata", "previewID", "status",
      "taskID", "attempt", "bytesTotal", "bytesDownloaded", "hash", "sha256", "verified", "assetID",
      "path", "errorCode", "errorMessage", "errorHint", "createdAt", "startedAt", "completedAt",
      "fileName", "expectedHash",
    ].map { Column($0) }
  }

  /// Reads by place: to look each column up by its name would take most of the time in which
  /// thousands of rows are read before the first picture.
  init(row: Row) {
    (id, backend, url, name) = (row[0], row[1], row[2], row[3])
    (folder, tags, userMetadata, previewID) = (row[4], row[5], row[6], row[7])
    (status, taskID, attempt) = (row[8], row[9], row[10])
    (bytesTotal, bytesDownloaded) = (row[11], row[12])
    (hash, sha256, verified, assetID, path) = (row[13], row[14], row[15], row[16], row[17])
    (errorCode, errorMessage, errorHint) = (row[18], row[19], row[20])
    (createdAt, startedAt, completedAt) = (row[21], row[22], row[23])
    (fileName, expectedHash) = (row[24], row[25])
  }

  init(_ download: Download) throws {
    id = download.id.uuidString
    backend = download.backend
    url = download.url
    name = download.name
    folder = download.folder
    tags = download.tags.isEmpty ? "[]" : try WireFormat.encodeText(download.tags)
    userMetadata =
      download.userMetadata.isEmpty ? "{}" : try WireFormat.encodeText(download.userMetadata)
    previewID = download.previewID
    status = download.status.rawValue
    taskID = download.taskID
    attempt = download.attempt
    bytesTotal = download.bytesTotal
    bytesDownloaded = download.bytesDownloaded
    hash = download.hash
    sha256 = download.sha256
    verified = download.verified
    assetID = download.assetID
    path = download.path
    errorCode = download.failure?.code
    errorMessage = download.failure?.message
    errorHint = download.failure?.hint
    createdAt = download.createdAt.timeIntervalSince1970
    startedAt = download.startedAt?.timeIntervalSince1970
    completedAt = download.completedAt?.timeIntervalSince1970
    fileName = download.fileName
    expectedHash = download.expectedHash?.text
  }

  /// Nil when the row was damaged from outside; such a row is left alone.
  ///
  /// - Parameter tagLists: those read already, by their text.
  func download(_ tagLists: inout TagLists) -> Download? {
    guard let id = UUID(canonicalText: id) else { return nil }
    var fields = Download.Fields(
      id: id, backend: backend, url: url, name: name,
      createdAt: Date(timeIntervalSince1970: createdAt),
      status: DownloadStatus(rawValue: status))
    fields.folder = folder
    fields.tags = tagLists.tags(of: tags)
    // Most have none, and thousands of rows are read at a time.
    if userMetadata != "{}" {
      fields.userMetadata =
        (try? WireFormat.decode([String: JSONValue].self, from: userMetadata.utf8)) ?? [:]
    }
    fields.previewID = previewID
    fields.fileName = fileName
    fields.expectedHash = expectedHash.flatMap { ContentHash($0) }
    fields.taskID = taskID
    fields.attempt = attempt
    fields.bytesTotal = bytesTotal
    fields.bytesDownloaded = bytesDownloaded
    fields.hash = hash
    fields.sha256 = sha256
    fields.verified = verified
    fields.assetID = assetID
    fields.path = path
    fields.failure = errorCode.map {
      DownloadFailure(code: $0, message: errorMessage ?? "", hint: errorHint)
    }
    fields.startedAt = startedAt.map(Date.init(timeIntervalSince1970:))
    fields.completedAt = completedAt.map(Date.init(timeIntervalSince1970:))
    return Download(fields)
  }
}
