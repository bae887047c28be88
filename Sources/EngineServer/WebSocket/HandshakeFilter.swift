import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Lets only proper and allowed handshakes for `/ws` reach the upgrade handler as such.
///
/// The upgrade handler loses the head of a request whose upgrade is refused. So every other request
/// has its `Upgrade` header taken away and goes on as a plain one, whose route says what is wrong.
final class HandshakeFilter: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  private let access: AccessGuard?

  init(access: AccessGuard?) { self.access = access }

  /// Looks at the first part alone, a head: no later request of a connection is upgraded.
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    // A removed handler cannot pass anything on, so it goes last.
    defer { context.pipeline.syncOperations.removeHandler(context: context, promise: nil) }
    guard case .head(var head) = unwrapInboundIn(data), !isHandshake(head) else {
      context.fireChannelRead(data)
      return
    }
    head.headers.remove(name: "Upgrade")
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  private func isHandshake(_ head: HTTPRequestHead) -> Bool {
    guard Self.isWebSocket(head), URI(head.uri).path == Routes.webSocketPath,
      let request = try? HTTPRequest(head.withHostOfTarget, secure: false, splitCookie: false)
    else { return false }
    return access?.allows(request) ?? true
  }

  /// What RFC 6455, section 4.2.1, demands; a handshake has no body.
  private static func isWebSocket(_ head: HTTPRequestHead) -> Bool {
    head.method == .GET
      && head.headers[canonicalForm: "Upgrade"].map { $0.lowercased() } == ["websocket"]
      && head.headers["Sec-WebSocket-Key"].count == 1
      && head.headers["Sec-WebSocket-Version"] == ["13"]
      && !head.headers.contains(name: "Content-Length")
      && !head.headers.contains(name: "Transfer-Encoding")
  }
}
