import ComfyClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import Synchronization
import TestCertificates
import Testing
import Transport

/// A server on a loopback port that answers as the test says.
struct ScriptedServer: Sendable {
  let port: Int
  let isSecure: Bool
  /// The heads and bodies of the requests so far, as they came over the wire.
  let requests: Requests

  final class Requests: Sendable {
    private let texts = Mutex<[String]>([])
    var all: [String] { texts.withLock { $0 } }
    var first: String { all.first ?? "" }
    func append(_ text: String) { texts.withLock { $0.append(text) } }
  }

  /// - Parameter authority: a PEM file of the authority to trust besides nobody; nil for the system's.
  func client(
    key: APIKey? = nil, host: String = "127.0.0.1", path: String = "", authority: String? = nil
  ) -> ComfyClient {
    var configuration = TransportConfiguration(environment: [:])
    configuration.certificateFile = authority
    let base = "\(isSecure ? "https" : "http")://\(host):\(port)\(path)"
    return ComfyClient(
      backend: Backend(name: "scripted", address: .http(base: base, key: key)),
      transport: HTTPTransport(configuration: configuration))
  }

  /// Answers every connection's first request with a status line, headers and body, and closes.
  static func answering<R: Sendable>(
    _ status: String, headers: [String] = [], body: String = "",
    _ use: (ScriptedServer) async throws -> R
  ) async throws -> R {
    let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)", "Connection: close"]
    let answer = (head + headers).joined(separator: "\r\n") + "\r\n\r\n" + body
    let requests = Requests()
    let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await serving(listener, requests, use) { connection in
      try await connection.executeThenClose { inbound, outbound in
        for try await bytes in inbound {
          requests.append(String(buffer: bytes))
          try await outbound.write(ByteBuffer(string: answer))
          return
        }
      }
    }
  }

  typealias Frames = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

  /// Takes every connection as a WebSocket, over TLS where there is a certificate, and plays the
  /// script on it.
  static func webSocket<R: Sendable>(
    certificate: TestCertificate? = nil,
    _ script:
      @escaping @Sendable (
        NIOAsyncChannelInboundStream<WebSocketFrame>, NIOAsyncChannelOutboundWriter<WebSocketFrame>
      ) async throws -> Void,
    _ use: (ScriptedServer) async throws -> R
  ) async throws -> R {
    let requests = Requests()
    let encryption = try certificate.map(context)
    let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture {
          if let encryption {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: encryption))
          }
          return try upgrade(channel, requests)
        }
      }
    return try await serving(listener, requests, isSecure: certificate != nil, use) { frames in
      try await frames.get().executeThenClose { try await script($0, $1) }
    }
  }

  private static func context(_ certificate: TestCertificate) throws -> NIOSSLContext {
    let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.certificate.utf8))
    let key = try NIOSSLPrivateKey(bytes: Array(certificate.privateKey.utf8), format: .pem)
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key)))
  }

  private static func upgrade(
    _ channel: any Channel, _ requests: Requests
  ) throws -> EventLoopFuture<Frames> {
    let upgrader = NIOTypedWebSocketServerUpgrader<Frames>(
      shouldUpgrade: { channel, head in
        requests.append("\(head.method) \(head.uri)")
        return channel.eventLoop.makeSucceededFuture(HTTPHeaders())
      },
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel(wrappingChannelSynchronously: channel)
        }
      })
    return try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
      configuration: .init(
        upgradeConfiguration: .init(
          upgraders: [upgrader],
          notUpgradingCompletionHandler: {
            $0.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
          })))
  }

  private static func serving<Connection: Sendable, R: Sendable>(
    _ listener: NIOAsyncChannel<Connection, Never>, _ requests: Requests, isSecure: Bool = false,
    _ use: (ScriptedServer) async throws -> R,
    serve: @escaping @Sendable (Connection) async throws -> Void
  ) async throws -> R {
    let port = try #require(listener.channel.localAddress?.port)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await listener.executeThenClose { connections in
          try await withThrowingDiscardingTaskGroup { group in
            for try await connection in connections {
              group.addTask { try? await serve(connection) }
            }
          }
        }
      }
      defer { group.cancelAll() }
      return try await use(ScriptedServer(port: port, isSecure: isSecure, requests: requests))
    }
  }
}
