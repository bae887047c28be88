import ComfyAPI
import ComfyClient
import Foundation
import Hummingbird
import Logging
import Synchronization
import Transport

/// A backend on loopback whose tasks the test sets by hand.
final class FakeBackend: Sendable {
  struct State {
    var tasks: [String: TaskResponse] = [:]
    var answers: [String: (status: Int, body: Data)] = [:]
    var requests: [String] = []
    /// What remote metadata says, in bytes.
    var size: Int64 = -1
    var onDownload: (@Sendable (AssetDownloadRequest) -> Void)?
  }

  let state = Mutex(State())

  /// Runs a body against a running backend.
  static func withRunning<Value: Sendable>(
    _ body: @escaping @Sendable (FakeBackend, ComfyClient) async throws -> Value
  ) async throws -> Value {
    let backend = FakeBackend()
    let port = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "fake")
    logger.logLevel = .critical
    let application = Application(
      router: backend.router(),
      configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in port.continuation.yield(channel.localAddress?.port ?? 0) },
      logger: logger)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask {
        try await application.run()
        return nil
      }
      group.addTask {
        var ports = port.stream.makeAsyncIterator()
        let client = backend.client(port: await ports.next() ?? 0)
        return try await body(backend, client)
      }
      defer { group.cancelAll() }
      while let value = try await group.next() {
        if let value { return value }
      }
      throw CancellationError()
    }
  }

  func client(port: Int) -> ComfyClient {
    ComfyClient(
      backend: Backend(name: "test", address: .http(base: "http://127.0.0.1:\(port)", key: nil)),
      transport: HTTPTransport())
  }

  /// Answers a download of the URL with this instead of making a task.
  func answer(_ url: String, status: Int, _ body: some Encodable) throws {
    let data = try WireFormat.encode(body)
    state.withLock { $0.answers[url] = (status, data) }
  }

  func addTask(_ id: String, _ status: TaskStatus, url: String = "https://huggingface.co/x") {
    let time = Date(timeIntervalSince1970: 1000)
    let task = TaskResponse(
      id: id, idempotencyKey: id, taskName: "download_file",
      payload: ["source_url": .string(url), "tags": .array(["models", "loras", "mine"])],
      status: status,
      createTime: time, updateTime: time)
    state.withLock { $0.tasks[id] = task }
  }

  func change(_ id: String, _ body: (inout TaskResponse) -> Void) {
    state.withLock { state in
      guard var task = state.tasks[id] else { return }
      body(&task)
      state.tasks[id] = task
    }
  }

  var requests: [String] { state.withLock(\.requests) }

  private func router() -> Router<BasicRequestContext> {
    let router = Router()
    router.post("/api/assets/download") { [self] request, _ in
      let bytes = try await request.body.collect(upTo: 1 << 20)
      let download = try WireFormat.decode(AssetDownloadRequest.self, from: bytes.readableBytesView)
      return try accept(download)
    }
    router.get("/api/tasks") { [self] request, _ in
      let offset = request.uri.queryParameters["offset"].flatMap { Int($0) } ?? 0
      let limit = request.uri.queryParameters["limit"].flatMap { Int($0) } ?? 20
      return try list(offset: offset, limit: limit)
    }
    router.get("/api/tasks/:id") { [self] _, context in
      try one(context.parameters.get("id") ?? "")
    }
    router.delete("/api/tasks/:id") { [self] _, context in
      let id = context.parameters.get("id") ?? ""
      change(id) { $0.status = .cancelled }
      return Response(status: state.withLock { $0.tasks[id] == nil } ? .notFound : .noContent)
    }
    router.get("/api/assets/remote-metadata") { [self] _, _ in
      let size = state.withLock(\.size)
      return try Self.json(.ok, AssetMetadataResponse(contentLength: size))
    }
    router.get("/api/features") { _, _ in try Self.json(.ok, Features(values: [:])) }
    return router
  }

  private func accept(_ download: AssetDownloadRequest) throws -> Response {
    let onDownload = state.withLock { state in
      state.requests.append("download \(download.sourceURL)")
      return state.onDownload
    }
    onDownload?(download)
    if let answer = state.withLock({ $0.answers[download.sourceURL] }) {
      return Self.json(.init(code: answer.status), answer.body)
    }
    let id = UUID().uuidString.lowercased()
    addTask(id, .created, url: download.sourceURL)
    return try Self.json(.accepted, AssetDownloadResponse(taskID: id, status: .created))
  }

  private func list(offset: Int, limit: Int) throws -> Response {
    let active = state.withLock { state in
      state.requests.append("tasks \(offset)")
      return state.tasks.values.filter { !$0.status.isTerminal }.sorted { $0.id < $1.id }
    }
    let page = active.dropFirst(offset).prefix(limit).map {
      TaskEntry(id: $0.id, taskName: $0.taskName, status: $0.status, createTime: $0.createTime)
    }
    return try Self.json(
      .ok,
      TasksListResponse(
        tasks: page,
        pagination: PaginationInfo(
          offset: offset, limit: limit, total: active.count,
          hasMore: offset + page.count < active.count)))
  }

  private func one(_ id: String) throws -> Response {
    let task = state.withLock { state in
      state.requests.append("task \(id)")
      return state.tasks[id]
    }
    guard let task else {
      return try Self.json(.notFound, ErrorResponse(code: "NOT_FOUND", message: "No such task."))
    }
    return try Self.json(.ok, task)
  }

  private static func json(
    _ status: HTTPResponse.Status, _ value: some Encodable
  ) throws -> Response {
    json(status, try WireFormat.encode(value))
  }

  private static func json(_ status: HTTPResponse.Status, _ data: Data) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
  }
}
