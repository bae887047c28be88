import NIOCore
import NIOHTTP1

extension HTTPRequestHead {
  /// The head with the host that its target names in absolute form, `http://host/path`, in place of
  /// its `Host` header: the target counts (RFC 9112, section 3.2.2).
  var withHostOfTarget: HTTPRequestHead {
    guard !uri.hasPrefix("/"), headers["Host"].count < 2,
      let start = uri.firstRange(of: "://")?.upperBound
    else { return self }
    var head = self
    let host = uri[start...].prefix { !"/?#".contains($0) }
    head.headers.replaceOrAdd(name: "Host", value: String(host))
    return head
  }
}

/// Brings requests to the form that what follows looks at, in which the target is a path.
final class RequestTargetHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(let head) = unwrapInboundIn(data) else {
      return context.fireChannelRead(data)
    }
    context.fireChannelRead(wrapInboundOut(.head(head.withHostOfTarget)))
  }
}
