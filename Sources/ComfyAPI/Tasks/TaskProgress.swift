/// How far a download task has come: an addition of Winch's engine to both task shapes.
public struct TaskProgress: Sendable, Equatable, Codable {
  /// Size of the whole file in bytes, nil while unknown.
  public var bytesTotal: Int64?
  /// Bytes that are on the engine's disk.
  public var bytesDownloaded: Int64
  /// Current speed in bytes per second, resumed bytes left out; nil while not moving.
  public var bytesPerSecond: Int64?
  /// What the task may take in bytes per second, besides what holds for all; nil for no limit of its
  /// own, and once it has ended.
  public var limit: Int64?
  /// Connections that fetch the file now; nil while none is.
  public var connections: Int64?
  /// What the task is doing.
  public var phase: TaskPhase?
  /// Why it waits, a sentence for people; nil while it does not.
  public var waitReason: String?
  /// Tasks begin in the order of these numbers, lowest first; nil once a task has ended.
  public var queueOrder: Int64?
  /// Whether the task can have another place in the queue: no transfer of it is under way. Status and
  /// phase do not tell, because who waits for a host is under way and who waits for the disk is not.
  /// Nil once the task has ended.
  public var isMovable: Bool?

  public init(
    bytesTotal: Int64? = nil, bytesDownloaded: Int64 = 0, bytesPerSecond: Int64? = nil,
    limit: Int64? = nil, connections: Int64? = nil, phase: TaskPhase? = nil,
    waitReason: String? = nil, queueOrder: Int64? = nil, isMovable: Bool? = nil
  ) {
    self.bytesTotal = bytesTotal
    self.bytesDownloaded = bytesDownloaded
    self.bytesPerSecond = bytesPerSecond
    self.limit = limit
    self.connections = connections
    self.phase = phase
    self.waitReason = waitReason
    self.queueOrder = queueOrder
    self.isMovable = isMovable
  }

  private enum CodingKeys: String, CodingKey {
    case limit, connections, phase
    case bytesTotal = "bytes_total"
    case bytesDownloaded = "bytes_downloaded"
    case bytesPerSecond = "bytes_per_second"
    case queueOrder = "queue_order"
    case isMovable = "movable"
    case waitReason = "wait_reason"
  }
}

/// What a running task is doing; an open set like `TaskStatus`.
public struct TaskPhase: RawRepresentable, Sendable, Hashable, Codable {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let resolving = TaskPhase(rawValue: "resolving")
  public static let downloading = TaskPhase(rawValue: "downloading")
  public static let verifying = TaskPhase(rawValue: "verifying")
  public static let placing = TaskPhase(rawValue: "placing")
  public static let paused = TaskPhase(rawValue: "paused")
  public static let waiting = TaskPhase(rawValue: "waiting")
}
