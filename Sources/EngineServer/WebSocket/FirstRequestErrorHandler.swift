import ComfyAPI
import NIOCore
import NIOHTTP1

/// Answers bytes that are no HTTP with 400, as long as no request has come through.
///
/// Later ones are answered by the HTTP handling, which is not there yet.
final class FirstRequestErrorHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

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
