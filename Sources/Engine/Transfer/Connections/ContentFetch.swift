import Downloads
import Foundation
import Logging
import Origins
import Transport

/// The connections that fetch the missing bytes of one file.
///
/// What breaks on one of them is no matter as long as others bring bytes: its segment is free again,
/// and somebody takes it. Only when none is left the fetch fails, with all bytes kept.
actor ContentFetch {
  let board: SegmentBoard
  private let writer: ContentWriter
  private let source: any ModelSource
  private let link: FreshLink
  private let host: String
  private let budget: ConnectionBudget
  private let waits: HostWaits
  private let limits: [RateLimit]
  private let environment: EngineEnvironment
  private let logger: Logger
  private let news: @Sendable () -> Void

  private var growth: ConnectionGrowth
  private var connections: [Int: Task<End, Never>] = [:]
  private var lastID = 0
  /// No new connection before this, because the server refused one.
  private var calmUntil: ContinuousClock.Instant?
  /// What the content's host calls this version of it, as the first answer told.
  private var validator: (link: ContentLink, tag: String)?

  /// How often connections are looked after.
  private static let interval = Duration.milliseconds(50)
  /// How long a server that refused a connection is not asked for another.
  private static let calm = Duration.seconds(10)

  /// - Parameters:
  ///   - host: where the bytes come from, for the budget.
  ///   - limits: all must be passed by every byte.
  ///   - news: called from time to time while bytes arrive.
  init(
    board: SegmentBoard, writer: ContentWriter, source: any ModelSource, link: FreshLink,
    host: String, mostConnections: Int, budget: ConnectionBudget,
    waits: HostWaits, limits: [RateLimit],
    environment: EngineEnvironment, logger: Logger, news: @escaping @Sendable () -> Void
  ) {
    self.board = board
    self.writer = writer
    self.source = source
    self.link = link
    self.host = host
    self.budget = budget
    self.waits = waits
    self.limits = limits
    self.environment = environment
    self.logger = logger
    self.news = news
    growth = ConnectionGrowth(limit: board.with(\.canSplit) ? mostConnections : 1)
  }

  /// How a connection ended.
  private enum End {
    /// There was nothing more for it to do.
    case idle
    /// It broke, or was replaced, after so many bytes.
    case broken(any Error, received: Int64)
  }

  private enum Event {
    case tick
    case ended(Int, End)
  }

  /// Returns once every byte is written.
  ///
  /// - Throws: why the last connection ended; `CancellationError`.
  func run() async throws {
    defer { closeAll() }
    try await withThrowingTaskGroup(of: Event.self) { group in
      defer { for connection in connections.values { connection.cancel() } }
      open(in: &group)
      group.addTask { try await Self.tick() }
      while !board.isComplete, let event = try await group.next() {
        try Task.checkCancellation()
        switch event {
        case .tick:
          lookAfter()
          group.addTask { try await Self.tick() }
        case .ended(let id, let end):
          await writer.forget(id)
          try ended(id, end)
        }
        open(in: &group)
      }
      group.cancelAll()
    }
    news()
  }

  private func closeAll() {
    for id in connections.keys {
      board.close(id)
      budget.give(host)
    }
    connections = [:]
  }

  private static func tick() async throws -> Event {
    try await Task.sleep(for: interval)
    return .tick
  }

  /// Opens connections until there are as many as are wanted and can be used.
  private func open(in group: inout ThrowingTaskGroup<Event, any Error>) {
    while connections.count < growth.target, mayOpen,
      budget.take(host, isFirst: connections.isEmpty)
    {
      lastID += 1
      let id = lastID
      guard let first = nextSegment(id) else { return budget.give(host) }
      let connection = Task { await self.connection(id, first) }
      connections[id] = connection
      group.addTask {
        await withTaskCancellationHandler {
          .ended(id, await connection.value)
        } onCancel: {
          connection.cancel()
        }
      }
    }
  }

  private var mayOpen: Bool {
    guard !connections.isEmpty else { return true }
    let now = environment.instant()
    return waits.remaining(host, at: now) == nil && calmUntil.map { now >= $0 } ?? true
  }

  private func nextSegment(_ id: Int) -> Range<Int64>? {
    let now = environment.instant()
    let most = growth.limit
    let isHeldUp = limits.contains(where: \.holdsUp)
    return board.with { $0.open(id, among: most, hedges: !isHeldUp, at: now) }
  }

  /// Measures, reports, and ends connections that are of no use.
  private func lookAfter() {
    let now = environment.instant()
    let (bytes, flowing, useless) = board.with { plan in
      let beaten = plan.segments.filter { $0.value.isHedged && plan.isDone($0.key) }.map(\.key)
      let flowing = plan.segments.values.count { $0.received > 0 || $0.position > $0.start }
      return (plan.finished.count, flowing, beaten + [plan.laggard(at: now)].compactMap(\.self))
    }
    growth.measure(bytes, flowing: flowing, at: now)
    for id in useless { connections[id]?.cancel() }
    news()
  }

  private func ended(_ id: Int, _ end: End) throws {
    connections[id] = nil
    board.close(id)
    budget.give(host)
    guard case .broken(let error, let received) = end, !Self.isCancellation(error) else { return }
    guard Self.concernsOneConnection(error), !connections.isEmpty else { throw error }
    let cause = TransferError(error)
    logger.info("a connection ended", metadata: ["cause": "\(cause.failure.message)"])
    // Bytes came, so the line broke. None came, so the server refuses: it is not asked for more.
    guard received == 0 else { return }
    growth.refused(open: connections.count)
    var calm = Self.calm
    if case .retry(let wish?) = cause.remedy { calm = max(calm, .seconds(wish)) }
    calmUntil = environment.instant() + calm
  }

  /// A connection that was of no use was ended from here.
  private static func isCancellation(_ error: any Error) -> Bool {
    error is CancellationError || (error as? TransportError)?.kind == .cancelled
  }

  /// Whether the others may go on: what is wrong with the disk or the file is wrong for all of them.
  private static func concernsOneConnection(_ error: any Error) -> Bool {
    switch error {
    case is OriginError, is LinkRefused, is RangesIgnored: true
    case let error as TransferError:
      switch error.remedy {
      case .retry, .resolveAgain: true
      case .reject, .wait, .none: false
      }
    default: TransferError(error).remedy == .retry(after: nil)
    }
  }
}

// MARK: - One connection

extension ContentFetch {
  /// Fetches one segment after the other until there is none.
  private func connection(_ id: Int, _ first: Range<Int64>) async -> End {
    var segment: Range<Int64>? = first
    var received: Int64 = 0
    while let range = segment {
      do {
        try await fetch(range, id)
      } catch {
        received += board.with { $0.segments[id]?.received ?? 0 }
        return .broken(error, received: received)
      }
      received += board.with { $0.segments[id]?.received ?? 0 }
      // The connection is wanted no more, as one of many.
      guard !Task.isCancelled, connections.count <= growth.target else { return .idle }
      segment = nextSegment(id)
    }
    return .idle
  }

  /// Asks for a range and writes what comes.
  private func fetch(_ range: Range<Int64>, _ id: Int) async throws {
    let asked = environment.instant()
    let content = try await content(range)
    growth.answered(after: environment.instant() - asked)
    if content.isWhole {
      try readWhole(id)
    } else if content.start != range.lowerBound {
      throw TransferError.gap(content.start, after: range.lowerBound)
    }
    if let total = content.total { board.with { $0.learn(size: total) } }
    board.connected(id, to: content.host ?? host)
    news()
    var isFirst = true
    for try await piece in content.pieces {
      if isFirst { await link.worked() }
      isFirst = false
      try checkLength(piece.count, id)
      let goesOn = try await write(piece, id)
      // At the end of what was asked for, the answer is read to its own end, so that the line is free
      // for the next request.
      if !goesOn, board.with({ $0.segments[id]?.end }) != range.upperBound { return }
    }
    try Task.checkCancellation()
    try checkEnd(id)
  }

  /// Writes a piece in parts, each as soon as the limits let it pass.
  ///
  /// - Returns: false once the connection has nothing more to fetch.
  private func write(_ piece: [UInt8], _ id: Int) async throws -> Bool {
    var rest = piece[...]
    while !rest.isEmpty {
      guard let step = RateLimit.step(of: limits) else {
        let bytes = rest.count == piece.count ? piece : Array(rest)
        return try await writer.write(bytes, from: id, at: environment.instant())
      }
      let part = rest.prefix(step)
      try await RateLimit.pass(part.count, limits)
      let bytes = part.count == piece.count ? piece : Array(part)
      guard try await writer.write(bytes, from: id, at: environment.instant()) else { return false }
      rest = rest.dropFirst(part.count)
    }
    return true
  }

  /// The answer to a request for a range, with a new link when the old one is not taken any more.
  private func content(_ range: Range<Int64>) async throws -> SourceContent {
    while true {
      let file = try await link.current()
      let host = file.link.url.authority
      if let pause = waits.remaining(host, at: environment.instant()) {
        try await environment.pause(pause)
      }
      do {
        let end = range.upperBound < .max ? range.upperBound : nil
        let content = try await source.content(of: file, from: range.lowerBound, to: end)
        try check(content, file.link)
        return content
      } catch {
        guard error.advice == .resolveAgain else { throw error }
        try await link.renew(file.link, because: error)
      }
    }
  }

  /// Two answers that belong to different contents must not be mixed.
  private func check(_ content: SourceContent, _ link: ContentLink) throws(OriginError) {
    guard let tag = content.validator else { return }
    if let validator, validator.link == link, validator.tag != tag { throw .contentChanged }
    validator = (link, tag)
  }

  /// The server knows no ranges and sends everything: that is fine for a single connection.
  private func readWhole(_ id: Int) throws {
    guard connections.count == 1 else { throw RangesIgnored() }
    growth.refused(open: 1)
    let now = environment.instant()
    board.with { $0.openWhole(id, at: now) }
  }

  private func checkLength(_ count: Int, _ id: Int) throws(TransferError) {
    let excess = board.with { plan -> Int64? in
      guard let segment = plan.segments[id], let size = plan.size, segment.end == size,
        segment.position + Int64(count) > size
      else { return nil }
      return size
    }
    if let excess { throw .tooLong(excess) }
  }

  private func checkEnd(_ id: Int) throws(TransferError) {
    let (isDone, position, size) = board.with { plan in
      let position = plan.segments[id]?.position ?? 0
      // What has no announced length ends where it ends.
      if plan.size == nil { plan.learn(size: position) }
      return (plan.isDone(id), position, plan.size ?? position)
    }
    if !isDone { throw .endedEarly(position, of: size) }
  }
}

/// A server answered a request for a range with the whole file while others read theirs.
private struct RangesIgnored: Error {}

extension OriginError {
  fileprivate static let contentChanged = OriginError(
    failure: DownloadFailure(
      code: "SOURCE_CHANGED", message: "The content behind the link has changed."),
    advice: .resolveAgain)
}
