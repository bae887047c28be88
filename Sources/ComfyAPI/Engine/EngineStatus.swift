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
  /// Bytes of all tasks that have not ended which are still to be received; files of unknown size do not
  /// count. Nil from an engine that does not tell.
  public var bytesToCome: Int64?
  /// Tasks by status.
  public var tasks: [String: Int]
  /// Sum of all transfers in bytes per second.
  public var bytesPerSecond: Int64
  /// What all transfers together may take in bytes per second; nil for no limit.
  public var limit: Int64?
  /// Who set that; nil where nobody ever has.
  public var limitSetBy: LimitSetter?
  /// When the schedule of limits speaks next; nil where there is none.
  public var limitUntil: Date?
  /// Hosts that are left alone for now; by name. Nil from an engine that does not tell.
  public var waitingHosts: [WaitingHost]?
  /// For what on the models' disk downloads wait, or would, for people; nil while nothing is in their way
  /// there.
  public var diskWait: String?
  /// Where models are looked for besides the root, in that order. Nil from an engine that does not tell.
  public var places: [ModelPlace]?

  public init(
    version: String, processID: Int32, startedAt: Date, modelsRoot: String, freeBytes: Int64?,
    bytesToCome: Int64? = nil, tasks: [String: Int], bytesPerSecond: Int64, limit: Int64? = nil,
    limitSetBy: LimitSetter? = nil, limitUntil: Date? = nil, waitingHosts: [WaitingHost]? = nil,
    diskWait: String? = nil, places: [ModelPlace]? = nil
  ) {
    self.version = version
    self.processID = processID
    self.startedAt = startedAt
    self.modelsRoot = modelsRoot
    self.freeBytes = freeBytes
    self.bytesToCome = bytesToCome
    self.tasks = tasks
    self.bytesPerSecond = bytesPerSecond
    self.limit = limit
    self.limitSetBy = limitSetBy
    self.limitUntil = limitUntil
    self.waitingHosts = waitingHosts
    self.diskWait = diskWait
    self.places = places
  }

  private enum CodingKeys: String, CodingKey {
    case version, tasks, limit, places
    case limitSetBy = "limit_set_by"
    case limitUntil = "limit_until"
    case waitingHosts = "waiting_hosts"
    case diskWait = "disk_wait"
    case processID = "process_id"
    case startedAt = "started_at"
    case modelsRoot = "models_root"
    case freeBytes = "free_bytes"
    case bytesToCome = "bytes_to_come"
    case bytesPerSecond = "bytes_per_second"
  }
}

/// A folder besides the models root in which an engine looks for content, and never writes.
public struct ModelPlace: Sendable, Equatable, Codable {
  /// Absolute.
  public var path: String
  /// The folder of loaders whose models it holds; nil for a whole tree of such folders.
  public var folder: String?
  /// Who told of it, in words for people.
  public var origin: String

  public init(path: String, folder: String? = nil, origin: String) {
    self.path = path
    self.folder = folder
    self.origin = origin
  }
}

/// A host that transfers wait for, after it refused or was not reached.
public struct WaitingHost: Sendable, Equatable, Codable {
  public var host: String
  /// When it is asked again; the latest where several transfers wait.
  public var until: Date
  /// Why, in words for people.
  public var reason: String
  /// How many transfers wait.
  public var transfers: Int

  public init(host: String, until: Date, reason: String, transfers: Int = 1) {
    self.host = host
    self.until = until
    self.reason = reason
    self.transfers = transfers
  }
}
