import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Synchronization

/// One host of the lab: a server on a port of its own.
final class LabServer: Sendable {
  struct Request: Sendable {
    let method: String
    let path: String
    let query: String
    /// Names in lower case.
    let headers: [String: String]

    /// The value of a query item, percent-decoded.
    func item(_ name: String) -> String? {
      URLComponents(string: "?" + query)?.queryItems?.first { $0.name == name }?.value
    }
  }

  typealias Handler = @Sendable (Request) async -> LabAnswer

  private struct Dropped: Error {}
  private static let pieceSize = 64 << 10

  let port: Int
  private let handler: LabHandler
  private let task: Task<Void, any Error>

  private init(port: Int, handler: LabHandler, task: Task<Void, any Error>) {
    self.port = port
    self.handler = handler
    self.task = task
  }

  static func start() async throws -> LabServer {
    let handler = LabHandler()
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "lab")
    logger.logLevel = .critical
    let application = Application(
      responder: CallbackResponder { (request: Hummingbird.Request, _: BasicRequestContext) in
        Self.response(to: await handler.answer(Self.request(request)), for: request)
      },
      configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in continuation.yield(channel.localAddress?.port ?? 0) },
      logger: logger)
    let task = Task { try await application.run() }
    for await port in ports { return LabServer(port: port, handler: handler, task: task) }
    throw CancellationError()
  }

  func setHandler(_ handler: @escaping Handler) { self.handler.set(handler) }

  func stop() async {
    task.cancel()
    _ = await task.result
  }

  private static func request(_ request: Hummingbird.Request) -> Request {
    var headers: [String: String] = [:]
    for field in request.headers { headers[field.name.rawName.lowercased()] = field.value }
    return Request(
      method: request.method.rawValue, path: request.uri.path, query: request.uri.query ?? "",
      headers: headers)
  }

  private static func response(
    to answer: LabAnswer, for request: Hummingbird.Request
  ) -> Response {
    var fields = HTTPFields()
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    let status = HTTPResponse.Status(code: answer.status)
    guard request.method != .head else {
      if case .file(_, let range, _) = answer.body { fields[.contentLength] = "\(range.count)" }
      return Response(status: status, headers: fields)
    }
    return Response(status: status, headers: fields, body: body(of: answer))
  }

  private static func body(of answer: LabAnswer) -> ResponseBody {
    switch answer.body {
    case .text(let text): return ResponseBody(byteBuffer: ByteBuffer(string: text))
    case .file(let file, let range, let dropsAfter):
      return ResponseBody(contentLength: range.count) { writer in
        let end = dropsAfter.map { min(range.upperBound, range.lowerBound + $0) }
        let last = end ?? range.upperBound
        defer { answer.onEnd() }
        var due = ContinuousClock.now
        for place in stride(from: range.lowerBound, to: last, by: pieceSize) {
          if file.faults.bytesPerSecond == 0 { try await Task.sleep(for: .seconds(3600)) }
          let piece = file.servedBytes(place..<min(last, place + pieceSize))
          try await writer.write(ByteBuffer(bytes: piece))
          answer.onSent(piece.count)
          if let speed = file.faults.bytesPerSecond {
            // What a slow reader held up is not made good: it would come faster than the speed says.
            due = max(due, .now - .milliseconds(200))
            due += .microseconds(Int64(piece.count) * 1_000_000 / Int64(speed))
            try await Task.sleep(until: due)
          }
        }
        if last < range.upperBound { throw Dropped() }
        try await writer.finish(nil)
      }
    }
  }
}

/// The handler of a server, set once the lab is complete.
final class LabHandler: Sendable {
  private let handler = Mutex<LabServer.Handler?>(nil)

  func set(_ handler: @escaping LabServer.Handler) { self.handler.withLock { $0 = handler } }

  func answer(_ request: LabServer.Request) async -> LabAnswer {
    guard let handler = handler.withLock({ $0 }) else { return LabAnswer(503) }
    return await handler(request)
  }
}
