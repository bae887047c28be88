import ComfyAPI
import Foundation

/// One queued URL and all that is known of it, from the paste to the verified file.
///
/// A value, whose fields its copies share: lists of thousands are copied and compared with each other
/// many times a second, and cost eight bytes a download then.
public struct Download: Sendable, Equatable, Identifiable {
  @usableFromInline var storage: Storage

  public init(_ fields: Fields) { storage = Storage(fields) }

  public init(
    id: UUID, backend: String, url: String, name: String, createdAt: Date,
    status: DownloadStatus = .queued
  ) {
    self.init(
      Fields(
        id: id, backend: backend, url: url, name: name, createdAt: createdAt, status: status))
  }

  /// All of it. To change several at a time, change a copy of these.
  @inlinable public var fields: Fields {
    get { storage.fields }
    set { storage = Storage(newValue) }
  }

  public static func == (left: Download, right: Download) -> Bool {
    left.storage === right.storage || left.fields == right.fields
  }

  @usableFromInline final class Storage: Sendable {
    @usableFromInline let fields: Fields

    @usableFromInline init(_ fields: Fields) { self.fields = fields }
  }
}

extension Download {
  /// What is known of a download.
  public struct Fields: Sendable, Equatable {
    /// Our own identifier, given when the URL was queued; it never changes.
    public var id: UUID
    /// The backend's task, nil before it accepted the URL or when it had the file already.
    public var taskID: String?
    /// Name of the backend, `local` or `cloud` or a URL without secrets.
    public var backend: String
    public var url: String
    public var name: String
    /// Folder below the models root, nil while nobody has said.
    public var folder: String?
    /// The tags the user gave.
    public var tags: [String]
    public var userMetadata: [String: JSONValue]
    public var previewID: String?
    /// The name that the user wants for the file; nil for the source's.
    public var fileName: String?
    /// The hash that the content must have; nil for whatever the source has.
    public var expectedHash: ContentHash?
    public var status: DownloadStatus
    public var phase: TaskPhase?
    /// Why it waits, a harmless sentence for people; nil where it does not, or nobody tells.
    public var waitReason: String?
    /// Downloads begin in the order of these, lowest first; nil where the backend does not tell, and once
    /// it has ended.
    public var queueOrder: Int64?
    /// Whether the backend says that it can have another place in the queue; nil where it does not tell,
    /// and once it has ended.
    public var isMovable: Bool?
    /// Size of the whole file in bytes, nil while unknown.
    public var bytesTotal: Int64?
    /// Bytes that are on the backend's disk, nil while unknown.
    public var bytesDownloaded: Int64?
    /// Bytes per second, resumed bytes left out; nil while not moving or unknown.
    public var bytesPerSecond: Int64?
    /// What it may take in bytes per second, besides what holds for all; nil for no limit of its own, and
    /// once it has ended.
    public var limit: Int64?
    /// Part that the backend says is there, 0 to 1, where it tells no bytes; nil while it says nothing.
    public var reportedFraction: Double?
    public var connections: Int?
    /// How often the URL has been handed to the backend, from 1.
    public var attempt: Int
    /// `blake3:` and 64 hex digits.
    public var hash: String?
    public var sha256: String?
    /// Whether a published hash was compared and equal; nil before the end.
    public var verified: Bool?
    public var assetID: String?
    public var path: String?
    public var failure: DownloadFailure?
    public var createdAt: Date
    public var startedAt: Date?
    public var completedAt: Date?
    /// When the backend last told something new; nil before that in this run of the program.
    public var newsAt: Date?

    public init(
      id: UUID, backend: String, url: String, name: String, createdAt: Date,
      status: DownloadStatus = .queued
    ) {
      self.id = id
      self.backend = backend
      self.url = url
      self.name = name
      self.createdAt = createdAt
      self.status = status
      tags = []
      userMetadata = [:]
      attempt = 1
    }
  }
}

extension Download {
  /// Part of the file that is there, 0 to 1; nil while nobody has told.
  public var fraction: Double? {
    if status == .completed { return 1 }
    guard let bytesTotal, let bytesDownloaded, bytesTotal > 0 else { return reportedFraction }
    return min(1, max(0, Double(bytesDownloaded) / Double(bytesTotal)))
  }

  /// Seconds until the last byte at the present speed; nil where that cannot be known.
  public var secondsLeft: Int64? {
    guard !status.isTerminal, let bytesTotal, let bytesDownloaded, let bytesPerSecond,
      bytesPerSecond > 0, bytesTotal >= bytesDownloaded
    else { return nil }
    let left = bytesTotal - max(0, bytesDownloaded)
    return left > 0 ? (left - 1) / bytesPerSecond + 1 : 0
  }
}
