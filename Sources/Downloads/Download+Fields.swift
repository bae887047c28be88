import ComfyAPI
import Foundation

// The fields by their names; `Fields` says what they are. Inlinable, so that other modules read one where
// it lies.
extension Download {
  @inlinable public var id: UUID { storage.fields.id }

  @inlinable public var taskID: String? {
    get { storage.fields.taskID }
    set { fields.taskID = newValue }
  }

  @inlinable public var backend: String {
    get { storage.fields.backend }
    set { fields.backend = newValue }
  }

  @inlinable public var url: String {
    get { storage.fields.url }
    set { fields.url = newValue }
  }

  @inlinable public var name: String {
    get { storage.fields.name }
    set { fields.name = newValue }
  }

  @inlinable public var folder: String? {
    get { storage.fields.folder }
    set { fields.folder = newValue }
  }

  @inlinable public var tags: [String] {
    get { storage.fields.tags }
    set { fields.tags = newValue }
  }

  @inlinable public var userMetadata: [String: JSONValue] {
    get { storage.fields.userMetadata }
    set { fields.userMetadata = newValue }
  }

  @inlinable public var previewID: String? {
    get { storage.fields.previewID }
    set { fields.previewID = newValue }
  }

  @inlinable public var fileName: String? {
    get { storage.fields.fileName }
    set { fields.fileName = newValue }
  }

  @inlinable public var expectedHash: ContentHash? {
    get { storage.fields.expectedHash }
    set { fields.expectedHash = newValue }
  }

  @inlinable public var status: DownloadStatus {
    get { storage.fields.status }
    set { fields.status = newValue }
  }

  @inlinable public var phase: TaskPhase? {
    get { storage.fields.phase }
    set { fields.phase = newValue }
  }

  @inlinable public var waitReason: String? {
    get { storage.fields.waitReason }
    set { fields.waitReason = newValue }
  }

  @inlinable public var queueOrder: Int64? {
    get { storage.fields.queueOrder }
    set { fields.queueOrder = newValue }
  }

  @inlinable public var isMovable: Bool? {
    get { storage.fields.isMovable }
    set { fields.isMovable = newValue }
  }

  @inlinable public var bytesTotal: Int64? {
    get { storage.fields.bytesTotal }
    set { fields.bytesTotal = newValue }
  }

  @inlinable public var bytesDownloaded: Int64? {
    get { storage.fields.bytesDownloaded }
    set { fields.bytesDownloaded = newValue }
  }

  @inlinable public var bytesPerSecond: Int64? {
    get { storage.fields.bytesPerSecond }
    set { fields.bytesPerSecond = newValue }
  }

  @inlinable public var limit: Int64? {
    get { storage.fields.limit }
    set { fields.limit = newValue }
  }

  @inlinable public var reportedFraction: Double? {
    get { storage.fields.reportedFraction }
    set { fields.reportedFraction = newValue }
  }

  @inlinable public var connections: Int? {
    get { storage.fields.connections }
    set { fields.connections = newValue }
  }

  @inlinable public var attempt: Int {
    get { storage.fields.attempt }
    set { fields.attempt = newValue }
  }

  @inlinable public var hash: String? {
    get { storage.fields.hash }
    set { fields.hash = newValue }
  }

  @inlinable public var sha256: String? {
    get { storage.fields.sha256 }
    set { fields.sha256 = newValue }
  }

  @inlinable public var verified: Bool? {
    get { storage.fields.verified }
    set { fields.verified = newValue }
  }

  @inlinable public var assetID: String? {
    get { storage.fields.assetID }
    set { fields.assetID = newValue }
  }

  @inlinable public var path: String? {
    get { storage.fields.path }
    set { fields.path = newValue }
  }

  @inlinable public var failure: DownloadFailure? {
    get { storage.fields.failure }
    set { fields.failure = newValue }
  }

  @inlinable public var createdAt: Date {
    get { storage.fields.createdAt }
    set { fields.createdAt = newValue }
  }

  @inlinable public var startedAt: Date? {
    get { storage.fields.startedAt }
    set { fields.startedAt = newValue }
  }

  @inlinable public var completedAt: Date? {
    get { storage.fields.completedAt }
    set { fields.completedAt = newValue }
  }

  @inlinable public var newsAt: Date? {
    get { storage.fields.newsAt }
    set { fields.newsAt = newValue }
  }
}
