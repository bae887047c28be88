import Downloads

/// What an engine works on. `Engine.adopt` takes over what can change during its life.
public struct EngineConfiguration: Sendable {
  /// Absolute path of the folder that holds `checkpoints`, `loras` and their like.
  public var modelsRoot: String
  /// Absolute path of the SQLite database. A lock file stands beside it.
  public var databasePath: String
  /// Transfers at one time, from 1 to `mostDownloads`.
  public var simultaneousDownloads: Int
  /// Connections that one file may have, from 1 to `mostConnections`.
  public var connections: Int
  /// Limits of all transfers together by the time of day.
  public var limitSchedule: LimitSchedule
  /// Whether of the tasks that have not begun the smaller begins first. See `Store.orderBySize`.
  public var smallFilesFirst: Bool
  /// The program's version, for the status.
  public var version: String
  /// Bytes that a transfer leaves free on the models' filesystem.
  public var reservedBytes: Int64
  /// Seconds a request waits for its source before the queue takes over the asking.
  public var resolutionTimeout: Duration
  /// Whether files that others put into the models tree are read while no transfer runs. Else each is
  /// read when a file of its size is asked for.
  public var hashesFoundFiles: Bool
  /// Absolute path of the hub's cache, in which content is looked for before it is fetched; nil for
  /// none. See `HubCache`.
  public var hubCache: String?
  /// Where ComfyUI has models besides the root. Content that is there is linked instead of fetched;
  /// nothing is written there.
  public var places: [ModelsPlace]
  /// Whether a model gets the picture that its source has of it.
  public var previews: Bool

  public static let usualDownloads = 3
  public static let usualConnections = 8
  /// With more at one time each takes longer, and none is done sooner.
  public static let mostDownloads = 16
  /// More connections than these are an imposition on any server.
  public static let mostConnections = 16
  /// Connections of all files together, and to one host.
  static let mostConnectionsInAll = 48
  static let mostConnectionsPerHost = 32

  public init(
    modelsRoot: String, databasePath: String, simultaneousDownloads: Int = usualDownloads,
    connections: Int = usualConnections, limitSchedule: LimitSchedule = LimitSchedule(),
    smallFilesFirst: Bool = false, version: String,
    reservedBytes: Int64 = 256 << 20, resolutionTimeout: Duration = .seconds(20),
    hashesFoundFiles: Bool = true, hubCache: String? = nil,
    places: [ModelsPlace] = [], previews: Bool = false
  ) {
    self.modelsRoot = modelsRoot
    self.databasePath = databasePath
    self.simultaneousDownloads = min(max(1, simultaneousDownloads), Self.mostDownloads)
    self.connections = min(max(1, connections), Self.mostConnections)
    self.limitSchedule = limitSchedule
    self.smallFilesFirst = smallFilesFirst
    self.version = version
    self.reservedBytes = reservedBytes
    self.resolutionTimeout = resolutionTimeout
    self.hashesFoundFiles = hashesFoundFiles
    self.hubCache = hubCache
    self.places = places
    self.previews = previews
  }
}
