import ComfyAPI
import Downloads
import Foundation
import Logging
import Origins

/// The local service without HTTP: takes download requests, works off their queue, verifies and
/// places the files, and remembers tasks and assets in its database.
public actor Engine {
  var configuration: EngineConfiguration
  let environment: EngineEnvironment
  let hosts: SourceHosts
  let source: any ModelSource
  let logger: Logger
  let store: Store
  let library: Library
  nonisolated let places: Places
  let secrets: SecretStore
  nonisolated let live = LiveProgress()
  nonisolated let hub = MessageHub()
  nonisolated let traces = TransferTraces()
  nonisolated let rateLimit = RateLimit()
  nonisolated let budget = ConnectionBudget(
    mostInAll: EngineConfiguration.mostConnectionsInAll,
    mostPerHost: EngineConfiguration.mostConnectionsPerHost)
  nonisolated let waits = HostWaits()
  nonisolated let checks = AssetChecks()
  let index: LibraryIndex
  nonisolated let queueWaits = QueueWaits()
  nonisolated let contents = ContentClaims()
  let startedAt: Date
  private let lock: DatabaseLock

  /// Requests that are being looked at, by canonical URL: an equal one waits for their end.
  var admissions: [String: Task<Result<AssetDownloadAnswer, EngineError>, Never>] = [:]
  /// Requests with a place in their sender's queue that are no tasks yet.
  var arrivals = QueueArrivals()
  /// Transfers under way, by task.
  var transfers: [String: Task<Void, Never>] = [:]
  /// The limit of all that a client has set last; nil where none ever has.
  var manualLimit: ManualLimit?
  /// The limits of single transfers under way, by task.
  var taskLimits: [String: RateLimit] = [:]
  /// What the sources of new tasks have just said.
  var resolutions = FreshResolutions()
  /// Tasks whose cancellation is under way; the queue passes them by.
  var cancelling: Set<String> = []
  /// The newest upload that is being stored.
  var lastUpload: Task<Void, Never>?
  /// Stored files that are to be read again, in the order of asking.
  var waitingChecks: [WaitingCheck] = []
  /// How many are being read.
  var runningChecks = 0
  /// Tasks whose sources were asked what they say of the model.
  var factsAsked: Set<String> = []
  /// Takes tasks whose models are to get pictures; nil while nobody writes them.
  var previewSignal: AsyncStream<String>.Continuation?
  /// Wakes the queue; nil while nobody works it off.
  var queueSignal: AsyncStream<Void>.Continuation?

  /// Opens the database, making it when there is none. Nothing is downloaded before `run()`.
  ///
  /// - Throws: `unavailable` when another engine holds the database or the models folder, or where there can
  ///   be no such folder, else `internalError`.
  public init(
    configuration: EngineConfiguration, resolver: OriginResolver, hosts: SourceHosts,
    secrets: SecretStore, logger: Logger
  ) throws(EngineError) {
    try self.init(
      configuration: configuration, source: OriginSource(resolver: resolver), hosts: hosts,
      secrets: secrets, logger: logger, environment: EngineEnvironment())
  }

  init(
    configuration: EngineConfiguration, source: any ModelSource, hosts: SourceHosts,
    secrets: SecretStore, logger: Logger, environment: EngineEnvironment
  ) throws(EngineError) {
    self.configuration = configuration
    self.source = source.watched { [waits] exchange in
      waits.note(exchange, at: environment.instant())
    }
    self.hosts = hosts
    self.secrets = secrets
    self.logger = logger
    self.environment = environment
    if let refusal = Self.refusal(ofModelsRoot: configuration.modelsRoot) {
      throw EngineError(.unavailable, refusal)
    }
    library = Library(
      base: try EngineError.translating { try ModelsRoot(path: configuration.modelsRoot) },
      freeBytes: environment.freeBytes)
    places = Places(configuration.places, besides: library.root)
    startedAt = environment.now()
    let path = configuration.databasePath
    try EngineError.translating { try Disk.makeDirectory(Disk.parent(of: path), mode: 0o700) }
    lock = try DatabaseLock(databasePath: path)
    let store = try EngineError.translating { try Store(path: path) }
    let manual = try EngineError.translating { try store.limit() }
    self.store = store
    manualLimit = manual
    index = LibraryIndex(
      store: store, library: library, places: places, now: environment.now, logger: logger)
    rateLimit.bytesPerSecond =
      configuration.limitSchedule.limit(at: startedAt, manual: manual).bytesPerSecond
  }

  /// Why no engine can place models at a path; nil where one can, as far as can be told without writing.
  public static func refusal(ofModelsRoot path: String) -> DownloadFailure? {
    ModelsRoot.refusal(of: path)
  }

  /// Whether an engine of this machine works on a database: until it has written down all that it
  /// wants to keep.
  public static func isRunning(onDatabase path: String) -> Bool {
    DatabaseLock.isHeld(databasePath: path)
  }

  /// The process of that engine; nil where none runs, or it has not said who it is.
  public static func runningProcess(onDatabase path: String) -> Int32? {
    DatabaseLock.holder(databasePath: path)
  }

  /// Progress of all transfers from now on: at most four messages a second of each task, and
  /// always its last. Each call makes a stream of its own.
  public nonisolated func messages() -> AsyncStream<AssetDownloadMessage> { hub.listen() }

  /// What the engine is and how it stands.
  public func status() -> EngineStatus {
    let limits = limits()
    return EngineStatus(
      version: configuration.version, processID: getpid(), startedAt: startedAt,
      modelsRoot: library.root, freeBytes: library.freeBytes, bytesToCome: try? bytesToCome(),
      tasks: (try? store.countsByStatus()) ?? [:],
      bytesPerSecond: live.totalBytesPerSecond(at: environment.instant()),
      limit: limits.bytesPerSecond, limitSetBy: limits.setBy, limitUntil: limits.until,
      waitingHosts: live.waitingHosts(at: environment.instant(), date: environment.now()),
      diskWait: queueWaits.diskMessage
        ?? (library.isInPlace ? nil : ModelsRootGone(path: library.root).failure.message),
      places: places.all.map {
        ModelPlace(path: $0.path, folder: $0.folder?.name, origin: $0.origin)
      })
  }
}
