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
  let source: any ModelSource
  let hosts: SourceHosts
  let live: LiveProgress
  let hub: MessageHub
  let traces: TransferTraces
  let rateLimit: RateLimit
  let configuration: EngineConfiguration
  let environment: EngineEnvironment
  let logger: Logger

  /// What the source says the file is; nil until asked, and again when its link has run out.
  private var file: ResolvedFile?
  /// Open from the first attempt on, so that only one reads the kept bytes again.
  private var partial: PartialFile?
  /// Bytes written by this run.
  private var received: Int64 = 0

  /// Links that may run out in a row without a byte in between.
  private static let mostResolutions = 5

  init(
    id: String, store: Store, library: Library, source: any ModelSource, hosts: SourceHosts,
    live: LiveProgress, hub: MessageHub, traces: TransferTraces, rateLimit: RateLimit,
    configuration: EngineConfiguration, environment: EngineEnvironment, logger: Logger
  ) {
    self.id = id
    self.store = store
    self.library = library
    self.source = source.watched { exchange in traces.change(id) { $0.note(exchange) } }
    self.hosts = hosts
    self.live = live
    self.hub = hub
    self.traces = traces
    self.rateLimit = rateLimit
    self.configuration = configuration
    self.environment = environment
    var logger = logger
    logger[metadataKey: "task"] = "\(id)"
    self.logger = logger
  }

  /// Tries until the file is placed, the failure is for good, or the task is cancelled.
  mutating func run() async {
    beginTrace()
    await runAttempts()
    await endTrace()
  }

  private mutating func runAttempts() async {
    var patience = Retry()
    var resolutions = 0
    do {
      try await start()
    } catch {
      return await fail(TransferError(error).failure)
    }
    while !Task.isCancelled {
      let before = received
      beginAttempt()
      do {
        try await attempt()
        return endAttempt(nil, bytes: received - before)
      } catch {
        if Task.isCancelled { return endAttempt(Self.stopped, bytes: received - before) }
        let problem = TransferError(error)
        endAttempt(problem.failure, bytes: received - before)
        logger.warning("\(problem.failure.message)", metadata: ["code": "\(problem.failure.code)"])
        if received > before {
          patience.progressed()
          resolutions = 0
        }
        switch problem.remedy {
        case .retry(let wish):
          let jitter = environment.jitter()
          guard let pause = patience.failed(serverWish: wish, jitter: jitter) else {
            return await fail(problem.failure)
          }
          await wait(pause, because: problem.failure)
        case .resolveAgain:
          resolutions += 1
          guard resolutions <= Self.mostResolutions else { return await fail(problem.failure) }
          file = nil
        case .reject:
          return await reject(problem.failure)
        case .none:
          return await fail(problem.failure)
        }
      }
    }
  }

  /// One try, from asking the source to the file under its name.
  private mutating func attempt() async throws {
    live.enter(.resolving, id)
    let file = try await resolved()
    if try await completeFromStorage(file) { return }
    if try await completeFromPlacement(file) { return }
    let partial = try await opened()
    try await receive(file, into: partial)
    try await finish(file, partial)
  }

  /// Asks the source what the file is, unless it was asked and its link still holds.
  private mutating func resolved() async throws -> ResolvedFile {
    if let file { return file }
    let reference = try ModelReference(try record().url, hosts: hosts)
    traces.change(id) { $0.redirects = [] }
    let file = try await source.resolve(reference)
    if let known = try record().identity, known != file.identity { try await startOver() }
    for notice in file.notices { logger.notice("\(notice)") }
    try await store.update(id, now: environment.now()) { task in
      task.adopt(file)
      task.note = file.notices.first ?? task.note
    }
    traces.change(id) { $0.note(file) }
    self.file = file
    return file
  }

  /// The bytes so far are those of another file.
  private mutating func startOver() async throws {
    let kept = try record().checkpoint
    partial = nil
    guard kept > 0 else { return }
    let note =
      "The file at the source has changed, so the \(kept) bytes of its predecessor were dropped."
    logger.notice("\(note)")
    decide(keeping: 0, of: kept, because: note)
    try await store.update(id, now: environment.now()) { task in
      task.checkpoint = 0
      task.note = note
    }
    live.reached(0, of: nil, id, at: environment.instant())
  }

  /// The partial file, with the bytes of earlier runs read and hashed.
  private mutating func opened() async throws -> PartialFile {
    if let partial { return partial }
    let task = try record()
    let partial = PartialFile(path: library.workPath(task.partialName))
    let kept = try await partial.resume(at: task.checkpoint)
    if kept < task.checkpoint {
      let note = "Only \(kept) of \(task.checkpoint) received bytes were still on the disk."
      logger.warning("\(note)")
      decide(keeping: kept, of: task.checkpoint, because: note)
      try await store.update(id, now: environment.now()) { task in
        task.checkpoint = kept
        task.note = note
      }
    } else if kept > 0 {
      logger.info("going on", metadata: ["kept": "\(kept)"])
      decide(
        keeping: kept, of: kept, because: "It is the same file at the source, and all is there.")
    }
    live.reached(kept, of: task.size, id, at: environment.instant())
    self.partial = partial
    return partial
  }

  /// Fetches the bytes that are missing. Whatever arrived is on the disk and in the database when
  /// this returns or throws.
  private mutating func receive(_ file: ResolvedFile, into partial: PartialFile) async throws {
    var position = await partial.position
    if let size = file.size {
      guard position <= size else { throw TransferError.tooLong(size) }
      guard position < size else { return }
      try checkSpace(for: size - position)
    }
    let content = try await source.content(of: file, from: position)
    let total = file.size ?? content.total
    // A server that ignores ranges sends bytes again that are here; they are passed over.
    var surplus = position - content.start
    guard surplus >= 0 else { throw TransferError.gap(content.start, after: position) }
    let task = try record()
    connect(from: position, to: total)
    if surplus > 0 {
      decide(
        keeping: position, of: position,
        because: "The source sends from the beginning again; what is there is passed over.")
    }
    var schedule = CheckpointSchedule(position: position, at: environment.instant())
    var watch = position == 0 ? HeaderWatch(name: task.name, size: total) : nil
    live.enter(.downloading, id)
    live.reached(position, of: total, id, at: environment.instant())
    do {
      for try await piece in content.pieces {
        let fresh = piece.dropFirst(Int(min(surplus, Int64(piece.count))))
        surplus -= Int64(piece.count - fresh.count)
        if let total, position + Int64(fresh.count) > total { throw TransferError.tooLong(total) }
        position = try await partial.append(fresh)
        received += Int64(fresh.count)
        if case .checked(let header)? = try watch?.take(fresh) {
          watch = nil
          if let header { try await adopt(header) }
        }
        let now = environment.instant()
        live.reached(position, of: total, id, at: now)
        hub.send(task.message(bytes: position, total: total), at: now)
        if schedule.isDue(position, at: now) { try await checkpoint(partial) }
        try await rateLimit.pass(piece.count)
      }
      try Task.checkCancellation()
    } catch {
      try await checkpoint(partial)
      throw error
    }
    try await checkpoint(partial)
    if let total, position < total { throw TransferError.endedEarly(position, of: total) }
  }

  /// Takes the folder that a file's header tells of, where neither the user nor the source did.
  private func adopt(_ header: ModelHeader) async throws {
    traces.change(id) { $0.note(header) }
    guard let suggestion = header.folder else { return }
    try await store.update(id, now: environment.now()) { $0.adopt(suggestion) }
  }

  /// The bytes reach the disk first: the database never promises more than is there.
  private func checkpoint(_ partial: PartialFile) async throws {
    let bytes = try await partial.sync()
    try await store.checkpoint(id, bytes: bytes, now: environment.now())
  }

  private func checkSpace(for missing: Int64) throws {
    guard let free = library.freeBytes else { return }
    guard free < missing + configuration.reservedBytes else { return }
    throw TransferError(
      DownloadFailure(
        code: "DISK_FULL",
        message: "\(ByteCount.text(missing)) are still to come, but only "
          + "\(ByteCount.text(free)) are free on the models' disk.",
        hint: "Free some space, then retry: the received bytes are kept."),
      .none)
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
    let task = try await store.update(id, now: now) { task in
      task.status = TaskStatus.running.rawValue
      task.attempt += 1
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
    await end { task, now in
      task.checkpoint = 0
      task.fail(failure, now: now)
    }
    guard let task = try? record() else { return }
    let partial = library.workPath(task.partialName)
    let rejected = library.workPath(task.rejectedName)
    try? await Disk.run { try Disk.rename(partial, to: rejected) }
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
