import ComfyAPI
import Downloads
import Foundation
import Origins

/// From the first missing byte to the last.
extension Transfer {
  /// Fetches the bytes that are missing. Whatever arrived is in the database when this returns or throws.
  func receive(_ file: ResolvedFile, into content: PartialContent) async throws {
    let board = content.board
    if let size = file.size {
      guard board.finished.end <= size else { throw TransferError.tooLong(size) }
      board.with { $0.learn(size: size) }
    }
    guard !board.isComplete else { return }
    try await makeRoom(for: content)
    try await pass(file.link.url.authority)
    live.enter(.downloading, id)
    do {
      try await fetch(file, content)
    } catch {
      if Task.isCancelled {
        try await content.checkpoints.record(isLast: true)
      } else {
        try await content.checkpoints.sync()
      }
      throw error
    }
  }

  /// Connections bring bytes, which are recorded and hashed meanwhile.
  private func fetch(_ file: ResolvedFile, _ content: PartialContent) async throws {
    let fetch = try contentFetch(file, content)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      if let size = content.board.size {
        group.addTask {
          // Some filesystems need a while for it, so nobody waits.
          try await Disk.run { try content.file.reserve(size) }
          return false
        }
      }
      group.addTask {
        try await content.checkpoints.run()
        return false
      }
      group.addTask {
        try await watchDisk()
        return false
      }
      group.addTask {
        for await _ in content.written.listen() { try await hash(content) }
        return false
      }
      group.addTask {
        try await fetch.run()
        return true
      }
      defer { group.cancelAll() }
      while let isAll = try await group.next() {
        if isAll { return }
        try Task.checkCancellation()
      }
    }
  }

  private func contentFetch(
    _ file: ResolvedFile, _ content: PartialContent
  ) throws -> ContentFetch {
    let task = try record()
    let board = content.board
    return ContentFetch(
      board: board, writer: content.writer, source: source,
      link: FreshLink(file, environment: environment) { try await renewed(file) },
      host: file.link.url.authority, mostConnections: configuration.connections, budget: budget,
      waits: waits,
      limits: limits, environment: environment, logger: logger
    ) { tell(of: board, task) }
  }

  private func tell(of board: SegmentBoard, _ task: TaskRecord) {
    let now = environment.instant()
    let (bytes, size, isSentWhole) = board.with { ($0.finished.count, $0.size, $0.isSentWhole) }
    live.reached(bytes, of: size, id, at: now)
    hub.send(task.message(bytes: bytes, total: size), at: now)
    guard isSentWhole, board.kept > 0 else { return }
    decide(
      keeping: board.kept, of: board.kept,
      because: "The source sends from the beginning again; what is there is passed over.")
  }

  /// The same file with a new link.
  ///
  /// - Throws: advice to begin again when the source now means another file.
  private func renewed(_ file: ResolvedFile) async throws -> ResolvedFile {
    traces.change(id) { $0.redirects = [] }
    let fresh = try await source.resolve(file.reference)
    guard fresh.identity == file.identity else { throw TransferError.sourceChanged }
    return fresh
  }

  /// Hashes what is written, from the front, and takes what the header tells.
  func hash(_ content: PartialContent) async throws {
    let board = content.board
    guard let header = try await content.hasher.follow(to: board.front, of: board.size) else {
      return
    }
    traces.change(id) { $0.note(header) }
    try await store.update(id, now: environment.now()) { $0.adopt(header) }
  }

  /// Looks whether the disk has room for what is missing.
  private func makeRoom(for content: PartialContent) async throws {
    guard let size = content.board.size else { return }
    let received = content.board.count
    let file = content.file
    let others = live.entries(besides: id)
    let (free, taken, othersTaken) = try await Disk.run { [library] in
      let taken = others.map { Disk.allocated(library.workPath(TaskRecord.partialName(of: $0.id))) }
      return (library.freeBytes, try file.allocated(), taken)
    }
    let underWay = zip(others, othersTaken).map { other, allocated in
      PartialSize(size: other.total, received: other.bytes, allocated: allocated)
    }
    var plan = DiskPlan(free: free, reserve: configuration.reservedBytes, besides: underWay)
    let partial = PartialSize(size: size, received: received, allocated: taken)
    if let lacking = plan.take(partial.missing) { throw TransferError.noRoom(lacking: lacking) }
  }

  /// Returns never; what is received stops when others have taken the disk's reserve, or the disk.
  ///
  /// - Throws: `TransferError` or `ModelsRootGone` then; `CancellationError`.
  private func watchDisk() async throws {
    while true {
      try await Task.sleep(for: environment.diskInterval)
      let (free, isInPlace) = await Disk.look { [library] in
        (library.freeBytes, library.isInPlace)
      }
      guard isInPlace else { throw ModelsRootGone(path: library.root) }
      if let lacking = DiskPlan.shortage(free: free, reserve: configuration.reservedBytes) {
        throw TransferError.noRoom(lacking: lacking)
      }
    }
  }
}

extension TransferError {
  fileprivate static let sourceChanged = TransferError(
    DownloadFailure(
      code: "SOURCE_CHANGED", message: "The file at the source has changed meanwhile."),
    .resolveAgain)
}
