import ComfyAPI
import Engine
import Foundation

@testable import EngineServer

/// An engine that answers as the test says and remembers what it was asked.
actor FakeEngine: ServedEngine {
  var downloadAnswer: Result<AssetDownloadAnswer, EngineError> = .success(
    .task(AssetDownloadResponse(taskID: "t1", status: .created)))
  /// What every call about a task throws, if anything.
  var taskError: EngineError?
  private(set) var downloads: [AssetDownloadRequest] = []
  /// The place that each of these told.
  private(set) var places: [QueuePlace?] = []
  private(set) var queries: [TaskQuery] = []
  private(set) var cancelled: [String] = []
  private(set) var retried: [String] = []
  private(set) var partialsDeleted: [String] = []
  /// What was asked of the queue, in order: `pause`, `resume`, and `move` with the place.
  private(set) var orders: [String] = []
  private var limit = TransferLimits()
  private var taskLimits: [String: TransferLimits] = [:]
  private var subscribers: [UUID: AsyncStream<AssetDownloadMessage>.Continuation] = [:]

  init(
    download: Result<AssetDownloadAnswer, EngineError>? = nil, taskError: EngineError? = nil
  ) {
    if let download { downloadAnswer = download }
    self.taskError = taskError
  }

  func download(
    _ request: AssetDownloadRequest, at place: QueuePlace?
  ) async throws(EngineError) -> AssetDownloadAnswer {
    downloads.append(request)
    places.append(place)
    return try downloadAnswer.get()
  }

  func tasks(_ query: TaskQuery) async throws(EngineError) -> TasksListResponse {
    queries.append(query)
    return TasksListResponse(
      tasks: [],
      pagination: PaginationInfo(
        offset: query.offset, limit: query.limit, total: 0, hasMore: false))
  }

  func task(_ id: String) async throws(EngineError) -> TaskResponse {
    if let taskError { throw taskError }
    return TaskResponse(
      id: id, idempotencyKey: id, taskName: "download_file", payload: [:], status: .created,
      createTime: Date(timeIntervalSince1970: 0), updateTime: Date(timeIntervalSince1970: 0))
  }

  func cancel(_ id: String, deletesPartial: Bool) async throws(EngineError) {
    if let taskError { throw taskError }
    cancelled.append(id)
    if deletesPartial { partialsDeleted.append(id) }
  }

  func retry(_ id: String) async throws(EngineError) {
    if let taskError { throw taskError }
    retried.append(id)
  }

  func pause(_ id: String) async throws(EngineError) {
    if let taskError { throw taskError }
    orders.append("pause")
  }

  func resume(_ id: String) async throws(EngineError) {
    if let taskError { throw taskError }
    orders.append("resume")
  }

  func move(_ id: String, to place: TaskMove.Place) async throws(EngineError) {
    if let taskError { throw taskError }
    orders.append("move \(place.rawValue)")
  }

  func trace(_ id: String) async throws(EngineError) -> TransferTrace {
    if let taskError { throw taskError }
    return TransferTrace(taskID: id)
  }

  func limits() async throws(EngineError) -> TransferLimits { limit }

  func setLimits(_ limits: TransferLimits) async throws(EngineError) -> TransferLimits {
    limit = limits
    return limits
  }

  func limits(of id: String) async throws(EngineError) -> TransferLimits {
    if let taskError { throw taskError }
    return taskLimits[id] ?? TransferLimits()
  }

  func setLimits(
    _ limits: TransferLimits, of id: String
  ) async throws(EngineError) -> TransferLimits {
    if let taskError { throw taskError }
    taskLimits[id] = limits
    return limits
  }

  func status() async throws(EngineError) -> EngineStatus {
    EngineStatus(
      version: "0.1", processID: 1, startedAt: Date(timeIntervalSince1970: 0), modelsRoot: "/m",
      freeBytes: nil, tasks: [:], bytesPerSecond: 0)
  }

  func messages() -> AsyncStream<AssetDownloadMessage> {
    let (stream, continuation) = AsyncStream.makeStream(of: AssetDownloadMessage.self)
    let id = UUID()
    subscribers[id] = continuation
    continuation.onTermination = { _ in Task { await self.unsubscribe(id) } }
    return stream
  }

  private func unsubscribe(_ id: UUID) { subscribers[id] = nil }

  var subscriberCount: Int { subscribers.count }

  func announce(_ message: AssetDownloadMessage) {
    for subscriber in subscribers.values { subscriber.yield(message) }
  }
}

extension EngineError {
  static func fake(_ kind: Kind, _ code: String) -> EngineError {
    EngineError(kind: kind, response: ErrorResponse(code: code, message: "Text of \(code)."))
  }
}

extension AssetDownloadMessage {
  static func fake(downloaded: Int64) -> AssetDownloadMessage {
    AssetDownloadMessage(
      taskID: "t1", assetName: "x.safetensors", bytesTotal: 1000, bytesDownloaded: downloaded,
      progress: Double(downloaded) / 1000, status: .running)
  }
}
