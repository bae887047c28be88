import ComfyAPI
import NIOCore
import NIOHTTP1

/// Stands at the end of a connection as long as no request has come through: answers bytes that are
/// no HTTP with 400, and closes when the server ends.
///
/// Later both is done by the HTTP handling or the feed's client, which are not there yet.
final class FirstRequestHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is HTTPParserError else { return }
    let response = ErrorResponse(
      code: "MALFORMED_REQUEST", message: "This is not an HTTP request the engine can read.")
    let body = (try? WireFormat.encodeText(response)) ?? ""
    let headers: HTTPHeaders = [
      "Connection": "close", "Content-Type": "application/json",
      "Content-Length": String(body.utf8.count),
    ]
    let head = HTTPResponseHead(version: .http1_1, status: .badRequest, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
    // Nothing that follows can be told apart from the garbage.
    context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
      context.close(promise: nil)
    }
  }
}
