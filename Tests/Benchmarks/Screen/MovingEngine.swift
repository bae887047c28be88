import ComfyAPI
import Engine
import EngineServer
import Foundation

/// An engine that transfers nothing: it tells of tasks that move with the time, through the real
/// server, so that a screen can be measured with as many of them as are wanted.
struct MovingEngine: ServedEngine {
  let tasks: MovingTasks
  /// How many of the moving tasks the feed tells of; an engine transfers only some at a time.
  private static let mostInFeed = 100
  /// How often it tells of each (`MessageThrottle` of the engine).
  private static let feedInterval = Duration.milliseconds(500)

  func tasks(_ query: TaskQuery) async throws(EngineError) -> TasksListResponse {
    let now = Date()
    let isActiveAsked = query.statuses.isEmpty || query.statuses.contains(.running)
    let numbers = isActiveAsked ? (tasks.count - tasks.active)..<tasks.count : 0..<0
    let page = numbers.dropFirst(query.offset).prefix(query.limit)
    return TasksListResponse(
      tasks: page.map { tasks.entry($0, at: now) },
      pagination: PaginationInfo(
        offset: query.offset, limit: query.limit, total: numbers.count,
        hasMore: query.offset + page.count < numbers.count))
  }

  func task(_ id: String) async throws(EngineError) -> TaskResponse {
    guard let number = tasks.number(of: id) else { throw Self.unserved }
    return tasks.task(number, at: Date())
  }

  func status() async throws(EngineError) -> EngineStatus {
    EngineStatus(
      version: "bench", processID: getpid(), startedAt: Date(), modelsRoot: "/models",
      freeBytes: 500_000_000_000, tasks: [:], bytesPerSecond: 0)
  }

  func messages() async -> AsyncStream<AssetDownloadMessage> {
    let (stream, continuation) = AsyncStream.makeStream(of: AssetDownloadMessage.self)
    guard tasks.areMoving else { return stream }
    let tasks = tasks
    let telling = Task {
      while !Task.isCancelled {
        for number in (tasks.count - min(tasks.active, Self.mostInFeed))..<tasks.count {
          continuation.yield(tasks.message(number, at: Date()))
        }
        try? await Task.sleep(for: Self.feedInterval)
      }
    }
    continuation.onTermination = { _ in telling.cancel() }
    return stream
  }

  static let unserved = EngineError(
    kind: .notFound, response: ErrorResponse(code: "NOT_FOUND", message: "Not in the benchmark."))
}
