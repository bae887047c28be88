import ComfyAPI
import Foundation
import NIOCore
import NIOWebSocket

/// One client of `/ws`, from its greeting to its end.
///
/// It lives on its connection's event loop. What the engine says goes from the feed to the
/// connection; here the client's own frames are answered.
final class FeedClient: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  /// Bytes that may wait for a client to read, in the program and again in the kernel.
  static let backlog = 256 << 10
  /// How long a client may take to answer a close frame.
  private static let closingTime = TimeAmount.seconds(1)

  private let feed: MessageFeed
  private var heartbeat: Heartbeat
  private var isClosing = false
  private var timer: Scheduled<Void>?

  init(feed: MessageFeed) {
    self.feed = feed
    heartbeat = Heartbeat(patience: feed.patience, now: .now)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    // Added before it is greeted: whoever has been greeted misses nothing. Messages are sent
    // from elsewhere and get here after this call.
    guard feed.add(context.channel) else {
      // Try again later, as registered with IANA.
      return close(context, with: .unknown(1013))
    }
    send(.message(.status(sessionID: UUID().uuidString.lowercased())), context)
    scheduleHeartbeat(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    feed.remove(context.channel)
    timer?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = unwrapInboundIn(data)
    guard !isClosing else {
      if frame.opcode == .connectionClose { context.close(promise: nil) }
      return
    }
    heartbeat.heard(at: .now)
    receive(frame, context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard !isClosing else { return }
    close(context, with: Self.code(for: error))
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed:
      context.close(promise: nil)
    case is ChannelShouldQuiesceEvent where !isClosing:
      close(context, with: .goingAway)
    default:
      context.fireUserInboundEventTriggered(event)
    }
  }

  // MARK: Frames

  private func receive(_ frame: WebSocketFrame, _ context: ChannelHandlerContext) {
    let data = frame.unmaskedData
    switch frame.opcode {
    case .ping:
      send(WebSocketFrame(fin: true, opcode: .pong, data: data), context)
    case .text where !ClientFrameRules.isText(data):
      close(context, with: .dataInconsistentWithMessage)
    case .text:
      guard
        case .featureFlags = try? WireFormat.decode(
          WebSocketMessage.self, from: data.readableBytesView)
      else { return }
      send(.message(.featureFlags(Routes.featureFlags)), context)
    case .connectionClose:
      let code = ClientFrameRules.answer(toClose: data)
      let answer =
        code.map(WebSocketFrame.close)
        ?? WebSocketFrame(fin: true, opcode: .connectionClose, data: ByteBuffer())
      leave(context, saying: answer, isLastWord: true)
    default:
      // Clients have nothing to say in binary, and a pong has been heard.
      break
    }
  }

  /// A client that lets answers pile up is dropped like one that does not read messages.
  private func send(_ frame: WebSocketFrame, _ context: ChannelHandlerContext) {
    guard context.channel.isWritable else { return context.close(promise: nil) }
    context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
  }

  // MARK: Heartbeat

  private func scheduleHeartbeat(_ context: ChannelHandlerContext) {
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(feed.patience)) {
      switch self.heartbeat.tick(at: .now) {
      case .wait: break
      case .ping:
        self.send(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()), context)
      case .drop: return context.close(promise: nil)
      }
      self.scheduleHeartbeat(context)
    }
  }

  // MARK: Closing

  private func close(_ context: ChannelHandlerContext, with code: WebSocketErrorCode) {
    leave(context, saying: .close(code), isLastWord: false)
  }

  /// Closes once both sides have said so, or after a while: a client that does not read what it
  /// is told cannot hold the connection.
  private func leave(
    _ context: ChannelHandlerContext, saying frame: WebSocketFrame, isLastWord: Bool
  ) {
    isClosing = true
    feed.remove(context.channel)
    timer?.cancel()
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.closingTime) {
      context.close(promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(frame)).assumeIsolated().whenComplete { result in
      guard isLastWord || (try? result.get()) == nil else { return }
      context.close(promise: nil)
    }
  }

  private static func code(for error: any Error) -> WebSocketErrorCode {
    switch error {
    case let violation as ClientFrameFilter.Violation: violation.code
    case NIOWebSocketError.invalidFrameLength: .messageTooLarge
    case NIOWebSocketFrameAggregator.Error.accumulatedFrameSizeIsTooLarge,
      NIOWebSocketFrameAggregator.Error.tooManyFragments:
      .messageTooLarge
    default: .protocolError
    }
  }
}
