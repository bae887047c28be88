import ComfyAPI
import ComfyClient
import Downloads
import Foundation

/// Keeps a board true: sends what is queued, polls, and listens to the feed.
///
/// All of it lives as long as `run`, and ends when its task is cancelled.
public struct BoardService: Sendable {
  /// How often the task list is read, while something is under way and while nothing is.
  public struct Intervals: Sendable {
    public var active: Duration
    public var idle: Duration
    /// When the cloud's list is read.
    var schedule = PollSchedule()
    /// Seconds before a backend that was away or busy is tried again for the first time.
    var shortestPause: Double = 1

    public init(active: Duration = .seconds(1), idle: Duration = .seconds(3)) {
      self.active = active
      self.idle = idle
    }
  }

  private let board: Board
  private let intervals: Intervals
  private let reachBackend: @Sendable () async throws(DownloadFailure) -> Void
  private let now: @Sendable () -> Date
  private let jitter: @Sendable () -> Double

  /// - Parameters:
  ///   - reachBackend: called before the first request and whenever the backend was lost; starts a
  ///     local engine that is not running.
  ///   - jitter: random numbers from 0 to 1.
  public init(
    board: Board, intervals: Intervals = Intervals(),
    reachBackend: @escaping @Sendable () async throws(DownloadFailure) -> Void,
    now: @escaping @Sendable () -> Date = { Date() },
    jitter: @escaping @Sendable () -> Double = { .random(in: 0...1) }
  ) {
    self.board = board
    self.intervals = intervals
    self.reachBackend = reachBackend
    self.now = now
    self.jitter = jitter
  }

  /// Runs until the task is cancelled.
  public func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask { await keepPolling() }
      group.addTask { await keepListening() }
      group.addTask { await keepLookingForSizes() }
    }
  }

  /// Reads everything once, and sends what is queued, without starting an engine.
  ///
  /// - Returns: false when the backend does not answer; the board then holds what the journal has.
  public func refresh() async -> Bool {
    var poller = Poller(board: board, now: now)
    do {
      let features = try await features()
      await board.setFeatures(features)
      if features.winch != nil { try await readStatus() }
      var outbox = Outbox(board: board, now: now)
      try await outbox.flush(usingModelTypeTags: features.supportsModelTypeTags)
      try await poller.poll()
      await board.setConnection(.online)
      return true
    } catch {
      await board.setConnection(Self.connection(after: error))
      return false
    }
  }

  private func keepPolling() async {
    var poller = Poller(board: board, now: now)
    var outbox = Outbox(board: board, now: now)
    var schedule = intervals.schedule
    var backoff = Backoff(shortest: intervals.shortestPause)
    var features: Features?
    var isAway = true
    var rounds = 0
    var pages = 0
    while !Task.isCancelled {
      var wish: Double?
      do {
        if isAway {
          try await connect(&features)
          schedule.forget()
        }
        isAway = false
        await board.followJournal()
        var refusal: ClientError?
        do throws(ClientError) {
          try await outbox.flush(usingModelTypeTags: features?.supportsModelTypeTags ?? false)
        } catch {
          // What the account may not send says nothing about what is under way.
          guard error.concernsTheAccess else { throw error }
          refusal = error
        }
        let isEngine = features?.winch != nil
        if schedule.isDue(
          at: now(), isEngine: isEngine, isActive: await board.isActive,
          hasFeed: await board.hasFeed)
        {
          pages = try await poller.poll()
        }
        if let refusal { throw refusal }
        await board.setConnection(.online)
        backoff.succeeded()
        rounds += 1
        if rounds % Self.statusRounds == 0, isEngine { try await readStatus() }
        await pause(after: pages)
        continue
      } catch let failure as DownloadFailure {
        isAway = true
        await board.setConnection(Self.connection(after: failure))
      } catch let error as ClientError {
        // What the server takes must be known before anything is sent.
        isAway = error.kind == .unreachable || features == nil
        wish = error.wishedPause
        await board.setConnection(Self.connection(after: error))
      } catch {
        isAway = true
      }
      await rest(backoff.failed(wish: wish, jitter: jitter()), isOrdered: wish != nil)
    }
  }

  /// What keeps an engine from being reached may pass, unless it is a matter of the disk or the engine
  /// itself has said why it cannot run.
  private static func connection(after failure: DownloadFailure) -> BackendState.Connection {
    ["CANNOT_WRITE", "ENGINE_NOT_STARTED"].contains(failure.code)
      ? .refused(failure) : .offline(failure.message)
  }

  private static func connection(after error: ClientError) -> BackendState.Connection {
    let failure = DownloadFailure(error)
    return error.concernsTheAccess ? .refused(failure) : .offline(failure.message)
  }

  /// Leaves a backend alone that is away or busy. A new submission ends the wait unless the backend
  /// asked for it.
  private func rest(_ seconds: Double, isOrdered: Bool) async {
    let pause = Duration.milliseconds(Int64(seconds * 1000))
    if isOrdered {
      try? await Task.sleep(for: pause)
    } else {
      await board.bell.wait(atMost: pause)
    }
  }

  private func connect(_ features: inout Features?) async throws {
    try await reachBackend()
    let answer = try await self.features()
    features = answer
    await board.setFeatures(answer)
    if answer.winch != nil { try await readStatus() }
  }

  /// A server without the list of features has none.
  private func features() async throws(ClientError) -> Features {
    do {
      return try await board.client.features()
    } catch  where error.kind == .notFound {
      return Features(values: [:])
    }
  }

  private func readStatus() async throws(ClientError) {
    await board.setEngine(try await board.client.status())
  }

  /// Free space changes slowly: it is read once in so many polls.
  private static let statusRounds = 5

  /// Waits for the next round; a new submission ends the wait.
  ///
  /// A list of thousands is read less often, or reading it would be all that is done; between two
  /// readings the feed tells of what moves.
  private func pause(after pages: Int) async {
    let isActive = await board.isActive
    let pause =
      isActive ? intervals.active * max(1, pages / Self.pagesInAnInterval) : intervals.idle
    await board.bell.wait(atMost: pause)
  }

  private static let pagesInAnInterval = 10

  private func keepLookingForSizes() async {
    var lookup = SizeLookup(board: board)
    var backoff = Backoff(shortest: intervals.shortestPause)
    while !Task.isCancelled {
      var pause = Self.sizeInterval
      do {
        _ = try await lookup.next(at: now())
        backoff.succeeded()
      } catch {
        pause = max(pause, backoff.failed(wish: error.wishedPause, jitter: jitter()))
      }
      try? await Task.sleep(for: .milliseconds(Int64(pause * 1000)))
    }
  }

  /// Seconds between two looks for a size: it asks the source too, which is not to be flooded.
  private static let sizeInterval: Double = 1

  private func keepListening() async {
    let feed = ProgressFeed(board: board)
    var backoff = Backoff(shortest: intervals.shortestPause)
    while !Task.isCancelled {
      if await feed.follow() { backoff.succeeded() }
      let pause = backoff.failed(jitter: jitter())
      try? await Task.sleep(for: .milliseconds(Int64(pause * 1000)))
    }
  }
}
