import HummingbirdCore
import NIOCore
import NIOPosix

extension ServerBootstrap {
  /// Hands the connections it accepts to a server that listens elsewhere, as if they had come there:
  /// the server's library can only listen on one socket, which it has made itself.
  convenience init(relayingTo server: any Channel, connections: Int) {
    // One loop for both, so that connections are handed over in place.
    self.init(group: server.eventLoop, childGroup: MultiThreadedEventLoopGroup.singleton)
    _ = serverChannelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandlers(
          AvailableConnectionsChannelHandler(maxConnections: connections),
          ConnectionRelay(server: server))
      }
    }
  }
}

/// Stands before the handler that would set up accepted connections, and gives them to another channel
/// of the same loop.
private final class ConnectionRelay: ChannelInboundHandler {
  typealias InboundIn = any Channel

  private let server: any Channel

  init(server: any Channel) { self.server = server }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    server.pipeline.syncOperations.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    server.pipeline.syncOperations.fireChannelReadComplete()
    context.fireChannelReadComplete()
  }
}
