import Foundation

/// The data of a `/ws` message of type `asset_download`.
public struct AssetDownloadMessage: Sendable, Equatable, Codable {
  public var taskID: String
  public var assetName: String
  public var assetID: String?
  /// 0 when unknown.
  public var bytesTotal: Int64
  public var bytesDownloaded: Int64
  /// A fraction from 0 to 1. Some servers send percent; `fraction` is what to trust.
  public var progress: Double
  public var status: TaskStatus
  public var error: String?

  public init(
    taskID: String, assetName: String, assetID: String? = nil, bytesTotal: Int64,
    bytesDownloaded: Int64, progress: Double, status: TaskStatus, error: String? = nil
  ) {
    self.taskID = taskID
    self.assetName = assetName
    self.assetID = assetID
    self.bytesTotal = bytesTotal
    self.bytesDownloaded = bytesDownloaded
    self.progress = progress
    self.status = status
    self.error = error
  }

  /// How much of the file is there, 0 to 1: computed from bytes where the total is known. Some
  /// servers count `progress` to 100.
  public var fraction: Double {
    if status == .completed { return 1 }
    if bytesTotal > 0 { return min(1, max(0, Double(bytesDownloaded) / Double(bytesTotal))) }
    return min(1, max(0, progress > 1 ? progress / 100 : progress))
  }

  private enum CodingKeys: String, CodingKey {
    case progress, status, error
    case taskID = "task_id"
    case assetName = "asset_name"
    case assetID = "asset_id"
    case bytesTotal = "bytes_total"
    case bytesDownloaded = "bytes_downloaded"
  }
}
