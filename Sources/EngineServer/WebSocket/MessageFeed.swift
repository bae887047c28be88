import ComfyAPI
import NIOCore
import NIOWebSocket
import Synchronization

/// Tells the clients of `/ws` what the engine is doing: each message is encoded once for all.
final class MessageFeed: Sendable {
  /// Clients at one time. Fewer than a server has connections, so that some are left for requests.
  let capacity: Int
  /// How long a client may be silent before it is asked whether it is there, and again before it
  /// is given up.
  let patience: Duration
  private let clients = Mutex<[ObjectIdentifier: any Channel]>([:])

  init(capacity: Int, patience: Duration) {
    self.capacity = capacity
    self.patience = patience
  }

  var clientCount: Int { clients.withLock(\.count) }

  /// Adds a client, unless there are too many. From here on it gets every message.
  func add(_ client: any Channel) -> Bool {
    clients.withLock { clients in
      guard clients.count < capacity else { return false }
      clients[ObjectIdentifier(client)] = client
      return true
    }
  }

  func remove(_ client: any Channel) {
    _ = clients.withLock { $0.removeValue(forKey: ObjectIdentifier(client)) }
  }

  /// Passes messages on until they end or the task is cancelled.
  func pass(on messages: AsyncStream<AssetDownloadMessage>) async {
    for await message in messages { send(.message(.assetDownload(message))) }
  }

  /// A client that has not taken what went before is dropped: it can connect again and read the
  /// tasks, while frames kept for it would pile up without end.
  private func send(_ frame: WebSocketFrame) {
    for client in clients.withLock({ Array($0.values) }) {
      if client.isWritable {
        client.writeAndFlush(frame, promise: nil)
      } else {
        client.close(promise: nil)
      }
    }
  }
}

extension WebSocketFrame {
  static func message(_ message: WebSocketMessage) -> WebSocketFrame {
    // Every message is made of strings and finite numbers, which always encode.
    let text = (try? WireFormat.encodeText(message)) ?? "{}"
    return WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text))
  }

  static func close(_ code: WebSocketErrorCode) -> WebSocketFrame {
    var data = ByteBuffer()
    data.write(webSocketErrorCode: code)
    return WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
  }
}
