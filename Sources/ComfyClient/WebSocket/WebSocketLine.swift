import ComfyAPI
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import Transport

/// One connection to `/ws`, from the handshake to its end.
struct WebSocketLine {
  enum Handshake {
    case upgraded(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>)
    case refused(NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>)
  }

  /// The largest message that is read, in bytes; messages of the contract are far smaller.
  private static let largestMessage = 1 << 20
  private static let connectTimeout = TimeAmount.seconds(5)
  private static let handshakeTimeout = TimeAmount.seconds(10)

  let endpoint: Endpoint
  /// Where certificate authorities are found.
  let configuration: TransportConfiguration

  /// Connects and hands over each message until the server closes the line, the line breaks, or
  /// the task is cancelled.
  func run(_ receive: (WebSocketMessage) -> Void) async throws {
    let attempt = try await connect()
    // Waiting for a future does not end by cancellation, but closing the channel ends it.
    let handshake = try await withTaskCancellationHandler {
      try await attempt.handshake.get()
    } onCancel: {
      attempt.channel.close(promise: nil)
    }
    switch handshake {
    case .upgraded(let channel):
      try await channel.executeThenClose { inbound, outbound in
        // What a server that leaves at once has said is read all the same.
        try? await outbound.write(Self.text(Self.greeting))
        for try await frame in inbound {
          guard try await Self.handle(frame, outbound, receive) else { return }
        }
      }
    case .refused(let channel):
      throw try await Self.refusal(from: channel)
    }
  }

  /// Says what this client understands; servers expect it as the first message.
  private static let greeting =
    #"{"data":{"supports_preview_metadata":false},"#
    + #""type":"feature_flags"}"#

  // MARK: Connecting

  /// A connection whose handshake is under way.
  private struct Attempt {
    let channel: any Channel
    let handshake: EventLoopFuture<Handshake>
  }

  private func connect() async throws -> Attempt {
    let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connectTimeout(Self.connectTimeout)
    let head = self.head
    do {
      switch endpoint.place {
      case .unixSocket(let path):
        return try await bootstrap.connect(unixDomainSocketPath: path) { channel in
          Self.prepare(channel, head: head, encryption: nil)
        }
      case .url(let url):
        let encryption = url.isSecure ? try await LineEncryption(for: url, configuration) : nil
        return try await bootstrap.connect(host: url.host, port: url.port) { channel in
          Self.prepare(channel, head: head, encryption: encryption)
        }
      }
    } catch {
      throw ClientError(
        kind: .unreachable, code: "BACKEND_UNREACHABLE",
        message: "The backend's message socket could not be connected to.")
    }
  }

  /// The request that asks for the line.
  var head: HTTPRequestHead {
    var path = "/ws?clientId=" + UUID().uuidString.lowercased()
    var host = "localhost"
    if case .url(let url) = endpoint.place {
      path = url.path + path
      host = url.authority
    }
    if let key = endpoint.key { path += "&token=" + key.value.percentEncoded }
    var head = HTTPRequestHead(
      version: .http1_1, method: .GET, uri: path, headers: ["Host": host])
    if let workspace = endpoint.workspace {
      head.headers.add(name: "X-Comfy-Workspace-ID", value: workspace)
    }
    return head
  }

  private static func prepare(
    _ channel: any Channel, head: HTTPRequestHead, encryption: LineEncryption?
  ) -> EventLoopFuture<Attempt> {
    channel.eventLoop.makeCompletedFuture {
      if let encryption {
        try channel.pipeline.syncOperations.addHandler(try encryption.handler())
      }
      let upgrader = NIOTypedWebSocketClientUpgrader<Handshake>(maxFrameSize: largestMessage) {
        channel, _ in
        channel.eventLoop.makeCompletedFuture { .upgraded(try frames(over: channel)) }
      }
      let upgrade = NIOTypedHTTPClientUpgradeConfiguration<Handshake>(
        upgradeRequestHead: head, upgraders: [upgrader],
        notUpgradingCompletionHandler: { channel in
          channel.eventLoop.makeCompletedFuture {
            .refused(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
          }
        })
      var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
        upgradeConfiguration: upgrade)
      // The server's first frames may arrive in one piece with its answer to the handshake.
      configuration.leftOverBytesStrategy = .forwardBytes
      let handshake = try channel.pipeline.syncOperations
        .configureUpgradableHTTPClientPipeline(configuration: configuration)
      closeUnlessFinished(handshake, channel)
      return Attempt(channel: channel, handshake: handshake)
    }
  }

  private static func frames(
    over channel: any Channel
  ) throws -> NIOAsyncChannel<WebSocketFrame, WebSocketFrame> {
    try channel.pipeline.syncOperations.addHandler(
      NIOWebSocketFrameAggregator(
        minNonFinalFragmentSize: 1, maxAccumulatedFrameCount: 1024,
        maxAccumulatedFrameSize: largestMessage))
    return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
  }

  /// A server that accepts and then keeps silent must not hold the caller forever.
  private static func closeUnlessFinished(
    _ handshake: EventLoopFuture<Handshake>, _ channel: any Channel
  ) {
    let deadline = channel.eventLoop.scheduleTask(in: handshakeTimeout) {
      channel.close(promise: nil)
    }
    handshake.whenComplete { _ in deadline.cancel() }
  }

  private static func refusal(
    from channel: NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>
  ) async throws -> ClientError {
    try await channel.executeThenClose { inbound, _ in
      for try await part in inbound {
        guard case .head(let head) = part else { continue }
        let status = Int(head.status.code)
        return ClientError(kind: ClientError.kind(of: status), status: status)
      }
      return ClientError.lineLost
    }
  }

  // MARK: Frames

  /// - Returns: false once the line is closed.
  private static func handle(
    _ frame: WebSocketFrame, _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>,
    _ receive: (WebSocketMessage) -> Void
  ) async throws -> Bool {
    switch frame.opcode {
    case .text:
      let bytes = frame.unmaskedData.readableBytesView
      if let message = try? WebSocketMessage(frame: bytes) { receive(message) }
    case .ping:
      try await outbound.write(masked(.pong, frame.unmaskedData))
    case .connectionClose:
      // The answer repeats the status code; the line may be gone before it is written.
      let code = frame.unmaskedData.getSlice(at: frame.unmaskedData.readerIndex, length: 2)
      try? await outbound.write(masked(.connectionClose, code ?? ByteBuffer()))
      return false
    default:
      // Binary frames are previews of pictures.
      break
    }
    return true
  }

  private static func text(_ text: String) -> WebSocketFrame {
    masked(.text, ByteBuffer(string: text))
  }

  /// RFC 6455, section 5.3: a client masks every frame with a key nobody can foresee.
  private static func masked(_ opcode: WebSocketOpcode, _ data: ByteBuffer) -> WebSocketFrame {
    WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
  }
}
