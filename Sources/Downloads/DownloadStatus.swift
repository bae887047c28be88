import ComfyAPI

/// Where a download stands: the contract's statuses and two of our own.
///
/// An open set, as `TaskStatus` is.
public struct DownloadStatus: RawRepresentable, Sendable, Hashable {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public init(_ status: TaskStatus) { rawValue = status.rawValue }

  /// In the journal, not yet accepted by the backend.
  public static let queued = DownloadStatus(rawValue: "queued")
  public static let created = DownloadStatus(.created)
  public static let running = DownloadStatus(.running)
  public static let completed = DownloadStatus(.completed)
  public static let failed = DownloadStatus(.failed)
  public static let cancelled = DownloadStatus(.cancelled)
  /// The user cancelled; the backend has not confirmed.
  public static let cancellationPending = DownloadStatus(rawValue: "cancellation_pending")

  /// True once nothing more is expected of the download.
  public var isTerminal: Bool { self == .completed || self == .failed || self == .cancelled }

  /// True while it can still be cancelled.
  public var isCancellable: Bool { !isTerminal && self != .cancellationPending }

  /// True when handing it to the backend again makes sense.
  public var isRetriable: Bool { self == .failed || self == .cancelled }
}
