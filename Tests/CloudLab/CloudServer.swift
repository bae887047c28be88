import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import TestCertificates

/// The lab's socket: HTTP/1.1, and WebSockets on the same port.
struct CloudServer: Sendable {
  typealias Frames = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>
  typealias Answers = NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>

  enum Connection {
    case http(Answers)
    case feed(Frames)
  }

  struct Handlers: Sendable {
    /// Nil closes the connection.
    let answer: @Sendable (CloudRequest) async -> CloudAnswer?
    /// Whether a handshake of `/ws` goes through; else it is answered as any request.
    let admits: @Sendable (CloudRequest) -> Bool
    let serve: @Sendable (Frames) async -> Void
  }

  let port: Int
  private let task: Task<Void, any Error>

  /// - Parameter certificate: for TLS; nil for plain HTTP.
  static func start(
    _ handlers: Handlers, certificate: TestCertificate? = nil
  ) async throws -> CloudServer {
    let encryption = try certificate.map(context)
    let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture {
          if let encryption {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: encryption))
          }
          return try connection(over: channel, handlers)
        }
      }
    let task = Task {
      try await listener.executeThenClose { connections in
        try await withThrowingDiscardingTaskGroup { group in
          for try await connection in connections {
            group.addTask { try? await serve(connection.get(), handlers) }
          }
        }
      }
    }
    return CloudServer(port: listener.channel.localAddress?.port ?? 0, task: task)
  }

  func stop() async {
    task.cancel()
    _ = await task.result
  }

  private static func context(_ certificate: TestCertificate) throws -> NIOSSLContext {
    let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.certificate.utf8))
    let key = try NIOSSLPrivateKey(bytes: Array(certificate.privateKey.utf8), format: .pem)
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key)))
  }

  // MARK: Connections

  private static func connection(
    over channel: any Channel, _ handlers: Handlers
  ) throws -> EventLoopFuture<Connection> {
    let upgrader = NIOTypedWebSocketServerUpgrader<Connection>(
      shouldUpgrade: { channel, head in
        let isWelcome = handlers.admits(CloudRequest(head))
        return channel.eventLoop.makeSucceededFuture(isWelcome ? HTTPHeaders() : nil)
      },
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture {
          .feed(try Frames(wrappingChannelSynchronously: channel))
        }
      })
    return try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
      configuration: .init(
        upgradeConfiguration: .init(
          upgraders: [upgrader],
          notUpgradingCompletionHandler: { channel in
            channel.eventLoop.makeCompletedFuture {
              try channel.pipeline.syncOperations.addHandler(ResponseParts())
              return .http(try Answers(wrappingChannelSynchronously: channel))
            }
          })))
  }

  private static func serve(_ connection: Connection, _ handlers: Handlers) async throws {
    switch connection {
    case .feed(let frames): await handlers.serve(frames)
    case .http(let channel):
      try await channel.executeThenClose { inbound, outbound in
        var head: HTTPRequestHead?
        var body: [UInt8] = []
        for try await part in inbound {
          switch part {
          case .head(let next): (head, body) = (next, [])
          case .body(let bytes): body += bytes.readableBytesView
          case .end:
            guard let head, let answer = await handlers.answer(CloudRequest(head, body: body))
            else { return }
            guard try await send(answer, to: head, over: outbound) else { return }
          }
        }
      }
    }
  }

  /// - Returns: false when the connection is to be closed.
  private static func send(
    _ answer: CloudAnswer, to request: HTTPRequestHead,
    over outbound: NIOAsyncChannelOutboundWriter<HTTPPart<HTTPResponseHead, ByteBuffer>>
  ) async throws -> Bool {
    var headers = HTTPHeaders(answer.headers)
    if answer.status != 204 { headers.add(name: "Content-Length", value: "\(answer.body.count)") }
    let head = HTTPResponseHead(
      version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
    try await outbound.write(.head(head))
    guard !answer.isTruncated else {
      try await outbound.write(
        .body(ByteBuffer(bytes: answer.body.prefix(answer.body.count / 2))))
      return false
    }
    if !answer.body.isEmpty, request.method != .HEAD {
      try await outbound.write(.body(ByteBuffer(bytes: answer.body)))
    }
    try await outbound.write(.end(nil))
    return true
  }
}

/// Turns bodies of bytes into what NIO's HTTP encoder takes.
private final class ResponseParts: ChannelOutboundHandler {
  typealias OutboundIn = HTTPPart<HTTPResponseHead, ByteBuffer>
  typealias OutboundOut = HTTPServerResponsePart

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let part: HTTPServerResponsePart =
      switch unwrapOutboundIn(data) {
      case .head(let head): .head(head)
      case .body(let bytes): .body(.byteBuffer(bytes))
      case .end(let trailers): .end(trailers)
      }
    context.write(wrapOutboundOut(part), promise: promise)
  }
}
