import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOSSL
import NIOWebSocket

extension HTTPServerBuilder {
  /// HTTP/1.1, with connections whose first request asks for `/ws` handed to the feed.
  static func http1AndWebSocket(
    feed: MessageFeed, access: AccessGuard?, certificate: ServerCertificate?,
    limits: ServerLimits
  ) -> HTTPServerBuilder {
    HTTPServerBuilder { responder in
      HTTP1AndWebSocketChannel(
        responder: access?.guarding(responder) ?? responder, feed: feed, access: access,
        certificate: certificate, limits: limits)
    }
  }
}

/// A client's connection: HTTP, or a WebSocket when its first request asks for that.
struct HTTP1AndWebSocketChannel: HTTPChannelHandler {
  enum Connection {
    case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
    /// Looked after by its `FeedClient` from here on.
    case webSocket
  }

  struct Value: ServerChildChannelValue {
    let channel: any Channel
    /// Finished by the head of the first request, or by its absence.
    let connection: EventLoopFuture<Connection>
  }

  let responder: Responder
  let feed: MessageFeed
  let access: AccessGuard?
  let certificate: ServerCertificate?
  let limits: ServerLimits

  /// Bytes of a frame. Clients only send feature flags and control frames.
  private static let largestFrame = 1 << 16

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      if let certificate {
        try channel.pipeline.syncOperations.addHandler(
          NIOSSLServerHandler(context: certificate.context))
      }
      let upgrade = NIOTypedHTTPServerUpgradeConfiguration<Connection>(
        upgraders: [upgrader],
        notUpgradingCompletionHandler: { channel in
          channel.eventLoop.makeCompletedFuture {
            try makeHTTP(channel, logger)
          }
        })
      var configuration = NIOUpgradableHTTPServerPipelineConfiguration(
        upgradeConfiguration: upgrade)
      // Requests are taken one after the other, and headers made here are valid by their types.
      configuration.enablePipelining = false
      configuration.enableErrorHandling = false
      configuration.enableResponseHeaderValidation = false
      configuration.decoderConfiguration = Self.limits
      let connection = try channel.pipeline.syncOperations
        .configureUpgradableHTTPServerPipeline(configuration: configuration)
      let upgradeHandler = try channel.pipeline.syncOperations
        .handler(type: NIOTypedHTTPServerUpgradeHandler<Connection>.self)
      try channel.pipeline.syncOperations.addHandler(
        HandshakeFilter(access: access), position: .before(upgradeHandler))
      try channel.pipeline.syncOperations.addHandler(FirstRequestHandler())
      closeUnlessFinished(connection, channel)
      return Value(channel: channel, connection: connection)
    }
  }

  func handle(value: Value, logger: Logger) async {
    do {
      // Waiting for a future does not end by cancellation, but a channel that is told to end does.
      try await withTaskCancellationHandler {
        switch try await value.connection.get() {
        case .http(let channel): await handleHTTP(asyncChannel: channel, logger: logger)
        case .webSocket: try await value.channel.closeFuture.get()
        }
      } onCancel: {
        value.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
      }
    } catch {
      logger.trace("A connection ended before its first request.")
      value.channel.close(promise: nil)
    }
  }

  /// Far above what clients send, and small enough that a flood of headers costs nothing.
  private static var limits: NIOHTTPDecoderLimitConfiguration {
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = 16 << 10
    limits.maxHeaderListSize = 64 << 10
    limits.maxHeaderFieldCount = 100
    return limits
  }

  private func closeUnlessFinished(
    _ connection: EventLoopFuture<Connection>, _ channel: any Channel
  ) {
    let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(limits.handshakeTimeout)) {
      channel.close(promise: nil)
    }
    connection.whenComplete { _ in deadline.cancel() }
  }

  // MARK: HTTP

  private func makeHTTP(_ channel: any Channel, _ logger: Logger) throws -> Connection {
    let pipeline = channel.pipeline.syncOperations
    pipeline.removeHandler(
      try pipeline.handler(type: FirstRequestHandler.self), promise: nil)
    try pipeline.addHandler(RequestTargetHandler())
    try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: certificate != nil))
    try pipeline.addHandler(
      HTTPConnectionStateHandler(idleTimeout: limits.idleTimeout, logger: logger))
    return .http(
      try NIOAsyncChannel(
        wrappingChannelSynchronously: channel,
        configuration: .init(isOutboundHalfClosureEnabled: true)))
  }

  // MARK: WebSocket

  private var upgrader: NIOTypedWebSocketServerUpgrader<Connection> {
    NIOTypedWebSocketServerUpgrader(
      maxFrameSize: Self.largestFrame,
      // Only handshakes that are allowed come this far.
      shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture(HTTPHeaders()) },
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture { try makeWebSocket(channel) }
      })
  }

  private func makeWebSocket(_ channel: any Channel) throws -> Connection {
    let pipeline = channel.pipeline.syncOperations
    pipeline.removeHandler(
      try pipeline.handler(type: FirstRequestHandler.self), promise: nil)
    try Self.limitBacklog(of: channel)
    try pipeline.addHandlers(
      ClientFrameFilter(),
      NIOWebSocketFrameAggregator(
        minNonFinalFragmentSize: 1, maxAccumulatedFrameCount: 64,
        maxAccumulatedFrameSize: Self.largestFrame),
      FeedClient(feed: feed))
    return .webSocket
  }

  /// Left alone, the kernel takes megabytes for a client that does not read.
  private static func limitBacklog(of channel: any Channel) throws {
    let most = FeedClient.backlog
    try channel.syncOptions?.setOption(
      .writeBufferWaterMark, value: .init(low: most / 2, high: most))
    try channel.syncOptions?.setOption(.socketOption(.so_sndbuf), value: .init(most))
  }
}
