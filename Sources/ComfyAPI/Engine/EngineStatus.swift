import Foundation

/// The answer of `GET /api/winch/status`: what the engine is and how it stands.
public struct EngineStatus: Sendable, Equatable, Codable {
  public var version: String
  public var processID: Int32
  public var startedAt: Date
  /// Absolute path of the folder that files are placed below.
  public var modelsRoot: String
  /// Bytes free on the filesystem of the models root, nil when it cannot be read.
  public var freeBytes: Int64?
  /// Tasks by status.
  public var tasks: [String: Int]
  /// Sum of all transfers in bytes per second.
  public var bytesPerSecond: Int64

  public init(
    version: String, processID: Int32, startedAt: Date, modelsRoot: String, freeBytes: Int64?,
    tasks: [String: Int], bytesPerSecond: Int64
  ) {
    self.version = version
    self.processID = processID
    self.startedAt = startedAt
    self.modelsRoot = modelsRoot
    self.freeBytes = freeBytes
    self.tasks = tasks
    self.bytesPerSecond = bytesPerSecond
  }

  private enum CodingKeys: String, CodingKey {
    case version, tasks
    case processID = "process_id"
    case startedAt = "started_at"
    case modelsRoot = "models_root"
    case freeBytes = "free_bytes"
    case bytesPerSecond = "bytes_per_second"
  }
}
