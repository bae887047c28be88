import NIOCore
import NIOWebSocket

/// What RFC 6455 forbids in a client's frames beyond what NIO's decoder checks.
enum ClientFrameRules {
  /// The code to close with, nil for a proper frame. Fragments are looked at before they are
  /// joined.
  static func violation(in frame: WebSocketFrame) -> WebSocketErrorCode? {
    // Sections 5.1 (a client masks everything), 5.2 (no extension was agreed on; opcodes).
    guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3,
      isKnown(frame.opcode)
    else { return .protocolError }
    return nil
  }

  /// The code to answer a close frame with: its own, or that of what is wrong with it
  /// (sections 5.5.1, 7.4 and 8.1). Nil when it holds none.
  static func answer(toClose data: ByteBuffer) -> WebSocketErrorCode? {
    guard data.readableBytes > 0 else { return nil }
    var data = data
    guard let code = data.readInteger(as: UInt16.self), maySend(code) else {
      return .protocolError
    }
    return isText(data) ? WebSocketErrorCode(codeNumber: Int(code)) : .dataInconsistentWithMessage
  }

  static func isText(_ data: ByteBuffer) -> Bool {
    String(validating: data.readableBytesView, as: UTF8.self) != nil
  }

  private static func isKnown(_ opcode: WebSocketOpcode) -> Bool {
    switch opcode {
    case .continuation, .text, .binary, .connectionClose, .ping, .pong: true
    default: false
    }
  }

  /// Sections 7.4.1 and 7.4.2; 1012 to 1014 are registered with IANA.
  private static func maySend(_ code: UInt16) -> Bool {
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }
}

/// Passes a client's proper frames on and reports the first other one as an error.
final class ClientFrameFilter: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias InboundOut = WebSocketFrame

  struct Violation: Error {
    let code: WebSocketErrorCode
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if let code = ClientFrameRules.violation(in: unwrapInboundIn(data)) {
      context.fireErrorCaught(Violation(code: code))
    } else {
      context.fireChannelRead(data)
    }
  }
}
