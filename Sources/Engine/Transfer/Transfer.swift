import ComfyAPI
import Downloads
import Foundation
import Logging
import Origins

/// One task's way from its URL to the verified file under its name.
///
/// Cancelling the Swift task that runs it stops it with its bytes kept; the database then still
/// says `running`, which is what lets the next engine go on.
struct Transfer: Sendable {
  let id: String
  let store: Store
  let library: Library
  private(set) var source: any ModelSource
  let finder: ContentFinder
  let hosts: SourceHosts
  let live: LiveProgress
  let hub: MessageHub
  let traces: TransferTraces
  /// All must be passed by every byte.
  let limits: [RateLimit]
  let waits: HostWaits
  let contents: ContentClaims
  let budget: ConnectionBudget
  let configuration: EngineConfiguration
  let environment: EngineEnvironment
  let logger: Logger

  /// What the source says the file is; nil until asked, and again when its link has run out.
  private var file: ResolvedFile?
  /// Whether the file was looked for on this machine.
  private var hasLooked = false
  /// Open from the first attempt on, so that only one reads the kept bytes again.
  private var content: PartialContent?
  /// A file that came with a wrong hash is fetched once more; this is what was wrong with the first.
  private var mismatch: HashMismatch?

  /// Files of other downloaders that are of no use once this one is verified.
  private(set) var leftovers: [String] = []

  /// It only waited for something that passes, so that this is no new attempt.
  private let goesOn: Bool

  /// Links that may run out in a row without a byte in between.
  private static let mostResolutions = 5

  init(
    id: String, store: Store, library: Library, source: any ModelSource, finder: ContentFinder,
    hosts: SourceHosts, live: LiveProgress, hub: MessageHub, traces: TransferTraces,
    limits: [RateLimit], waits: HostWaits, contents: ContentClaims, budget: ConnectionBudget,
    configuration: EngineConfiguration, environment: EngineEnvironment, logger: Logger,
    after wait: QueueWaits.Wait? = nil
  ) {
    content = wait?.content
    goesOn = wait?.hasBegun ?? false
    self.id = id
    self.store = store
    self.library = library
    self.source = source.watched { exchange in
      waits.note(exchange, at: environment.instant())
      traces.change(id) { $0.note(exchange) }
    }
    self.finder = finder
    self.hosts = hosts
    self.live = live
    self.hub = hub
    self.traces = traces
    self.limits = limits
    self.waits = waits
    self.contents = contents
    self.budget = budget
    self.configuration = configuration
    self.environment = environment
    var logger = logger
    logger[metadataKey: "task"] = "\(id)"
    self.logger = logger
  }

  /// Why a transfer has stopped before its end without having failed.
  struct Stop: Sendable {
    let obstacle: QueueObstacle
    /// In words.
    let failure: DownloadFailure
    /// What is open still.
    let content: PartialContent?
    /// Bytes that were free.
    let free: Int64?
  }

  /// Tries until the file is placed, the failure is for good, or the task is cancelled.
  ///
  /// - Parameter resolution: what the source has just said of the file; nil to ask it.
  /// - Returns: what it must wait for before it can go on; nil when it has come to an end.
  mutating func run(_ resolution: FreshResolutions.Resolution?) async -> Stop? {
    beginTrace()
    if let resolution { adopt(resolution) }
    let stop = await runAttempts()
    await endTrace()
    return stop
  }

  private mutating func adopt(_ resolution: FreshResolutions.Resolution) {
    file = resolution.file
    traces.change(id) { trace in
      for exchange in resolution.exchanges { trace.note(exchange) }
      trace.note(resolution.file)
    }
  }

  private mutating func runAttempts() async -> Stop? {
    if let content { live.attach(content.board, id) }
    var patience = Retry()
    var resolutions = 0
    do {
      try await start()
    } catch {
      return await end(because: TransferError(error))
    }
    while !Task.isCancelled {
      let before = content?.board.received ?? 0
      beginAttempt()
      do {
        try await attempt()
        endAttempt(nil, bytes: received(since: before))
        return nil
      } catch {
        let received = received(since: before)
        if Task.isCancelled {
          endAttempt(Self.stopped, bytes: received)
          return nil
        }
        let problem = await sorted(error)
        endAttempt(problem.failure, bytes: received)
        logger.warning("\(problem.failure.message)", metadata: ["code": "\(problem.failure.code)"])
        if received > 0 {
          patience.progressed()
          resolutions = 0
        }
        switch problem.remedy {
        case .retry(let wish):
          let jitter = environment.jitter()
          guard let pause = patience.failed(serverWish: wish, jitter: jitter) else {
            return await end(because: problem)
          }
          await wait(pause, because: problem.failure)
        case .resolveAgain:
          resolutions += 1
          guard resolutions <= Self.mostResolutions else { return await end(because: problem) }
          file = nil
        case .reject:
          guard let wrong = problem.mismatch, mismatch == nil else {
            await reject(problem.mismatch?.failure(after: mismatch) ?? problem.failure)
            return nil
          }
          mismatch = wrong
          await fetchAnew()
        case .wait:
          traces.change(id) { $0.dropEmptyAttempt() }
          return await end(because: problem)
        case .none:
          return await end(because: problem)
        }
      }
    }
    return nil
  }

  /// What fails on a disk that is gone says all sorts of things.
  private func sorted(_ error: any Error) async -> TransferError {
    let problem = TransferError(error)
    guard problem.remedy == .none, await Disk.look({ [library] in !library.isInPlace }) else {
      return problem
    }
    return TransferError(ModelsRootGone(path: library.root))
  }

  /// The transfer cannot go on now: for good, or until what is in its way has passed.
  private func end(because problem: TransferError) async -> Stop? {
    guard case .wait(let obstacle) = problem.remedy else {
      await fail(problem.failure)
      return nil
    }
    // Who took the disk away may have taken it with bytes that were not on it yet.
    if obstacle == .folder { await content?.checkpoints.forgetUnsynced() }
    let isWhole = obstacle != .folder && content?.checkpoints.hasLostBytes == false
    return Stop(
      obstacle: obstacle, failure: problem.failure, content: isWhole ? content : nil,
      free: await Disk.look { [library] in library.freeBytes })
  }

  /// One try, from asking the source to the file under its name.
  private mutating func attempt() async throws {
    let file = try await resolved()
    try checkStillOffered(file)
    try checkIsExpected(file)
    if let other = contents.claim(try record()) { throw TransferError.sameContent(as: other) }
    if !hasLooked { await finder.look(for: file, of: id) }
    hasLooked = true
    if try await completeFromStorage(file) { return }
    if try await completeFromPlacement(file) { return }
    let content = try await opened(file)
    try await receive(file, into: content)
    try await finish(file, content)
  }

  /// Bytes of this run, without those that an earlier attempt of it brought.
  private func received(since before: Int64) -> Int64 {
    max(0, (content?.board.received ?? 0) - before)
  }

  /// Asks the source what the file is, unless it was asked and its link still holds.
  private mutating func resolved() async throws -> ResolvedFile {
    if let file { return file }
    let reference = try ModelReference(stored: try record().url, hosts: hosts)
    if let host = HTTPURL(reference.canonicalURL)?.authority { try await pass(host) }
    live.enter(.resolving, id)
    traces.change(id) { $0.redirects = [] }
    let file = try await source.resolve(reference)
    if let known = try record().identity, known != file.identity { try await startOver() }
    for notice in file.notices { logger.notice("\(notice)") }
    try await store.update(id, now: environment.now()) { $0.adopt(file) }
    traces.change(id) { $0.note(file) }
    self.file = file
    return file
  }

  /// The bytes so far are those of another file.
  private mutating func startOver() async throws {
    let kept = try record().checkpoint
    content = nil
    guard kept > 0 else { return }
    let note =
      "The file at the source has changed, so the \(kept) bytes of its predecessor were dropped."
    logger.notice("\(note)")
    decide(keeping: 0, of: kept, because: note)
    try await store.dropBytes(of: id, now: environment.now()) { $0.note = note }
    live.reached(0, of: nil, id, at: environment.instant())
  }

  /// The bytes are put aside, and all of them are fetched again over new connections: a proxy or a
  /// broken memory in between may have spoilt them.
  private mutating func fetchAnew() async {
    let note = "The received file had a wrong hash, so all of it was asked for again."
    logger.warning("\(note)")
    try? await store.dropBytes(of: id, now: environment.now()) { $0.note = note }
    await quarantine()
    decide(keeping: 0, of: content?.board.count ?? 0, because: note)
    content = nil
    file = nil
    source = source.overNewConnections()
    live.reached(0, of: nil, id, at: environment.instant())
  }

  /// The partial file, with what earlier runs have left of it.
  private mutating func opened(_ file: ResolvedFile) async throws -> PartialContent {
    if let content { return content }
    // What was wrong once is not taken again.
    if mismatch == nil {
      try await inheritBytes(of: file)
      leftovers = try await adoptForeignBytes(file)
    }
    let task = try record()
    let known = try store.ranges(of: id)
    let path = library.workPath(task.partialName)
    let content = try await Disk.run { [library, store, environment] in
      try library.enter()
      return try PartialContent(
        task: task, size: file.size, known: known, path: path, store: store,
        environment: environment)
    }
    try await tell(of: content, in: task)
    live.attach(content.board, id)
    self.content = content
    return content
  }

  /// Says what was kept of the bytes of earlier runs, and why if not all.
  private func tell(of content: PartialContent, in task: TaskRecord) async throws {
    let kept = content.board.kept
    if kept < task.checkpoint {
      let note = "Only \(kept) of \(task.checkpoint) received bytes were still on the disk."
      logger.warning("\(note)")
      decide(keeping: kept, of: task.checkpoint, because: note)
      try await content.checkpoints.record(isLast: true)
      try await store.update(id, now: environment.now()) { $0.note = note }
    } else if kept > 0 {
      logger.info("going on", metadata: ["kept": "\(kept)"])
      decide(
        keeping: kept, of: kept, because: "It is the same file at the source, and all is there.")
    }
    live.reached(kept, of: task.size, id, at: environment.instant())
  }
}

extension Transfer {
  /// The task as the database has it.
  func record() throws -> TaskRecord {
    guard let task = try store.task(id) else {
      throw TransferError(
        DownloadFailure(code: "TASK_NOT_FOUND", message: "The task is gone."), .none)
    }
    return task
  }

  private func start() async throws {
    let now = environment.now()
    let goesOn = goesOn
    let task = try await store.update(id, now: now) { task in
      task.status = TaskStatus.running.rawValue
      if !goesOn { task.attempt += 1 }
      task.startedAt = task.startedAt ?? now
    }
    if let task { hub.send(task.message, at: environment.instant()) }
  }

  /// Ends the task as failed; its bytes stay for a retry.
  private func fail(_ failure: DownloadFailure) async {
    await end { task, now in task.fail(failure, now: now) }
  }

  /// Ends the task as failed and puts its bytes aside, so that no retry builds on them.
  private func reject(_ failure: DownloadFailure) async {
    try? await store.dropBytes(of: id, now: environment.now())
    await fail(failure)
    await quarantine()
  }

  /// Puts the partial file aside, where people can look at it; removes it where the room is needed.
  private func quarantine() async {
    guard let task = try? record() else { return }
    let partial = library.workPath(task.partialName)
    let rejected = library.workPath(task.rejectedName)
    let needed = (task.size ?? 0) + configuration.reservedBytes
    try? await Disk.run { [library] in
      let hasRoom = (library.freeBytes ?? .max) >= needed
      if hasRoom { try Disk.rename(partial, to: rejected) } else { try Disk.remove(partial) }
    }
  }

  private func end(_ change: @escaping @Sendable (inout TaskRecord, Date) -> Void) async {
    let now = environment.now()
    do {
      if let task = try await store.update(id, now: now, { change(&$0, now) }) {
        hub.send(task.message, at: environment.instant())
      }
    } catch {
      logger.error("the outcome cannot be recorded", metadata: ["cause": "\(error)"])
      // The queue would begin the task again at once, and again.
      try? await environment.pause(.seconds(30))
    }
  }
}
