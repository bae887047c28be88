import ComfyAPI
import Foundation
import NIOCore
import NIOWebSocket

/// Tells the clients of `/ws` what the engine is doing.
struct MessageFeed: Sendable {
  typealias Channel = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

  let engine: any ServedEngine

  /// How many frames wait for a slow reader. One more, and it is dropped: it can connect again and
  /// read the tasks, while frames kept for it would pile up without end.
  private static let backlog = 256

  /// Serves one client until it leaves, falls behind, or the task is cancelled.
  func serve(_ channel: Channel) async {
    // Subscribed first: whoever has been greeted misses nothing.
    let messages = await engine.messages()
    let (frames, queue) = AsyncStream.makeStream(
      of: WebSocketFrame.self, bufferingPolicy: .bufferingOldest(Self.backlog))
    // An error here means that the client is gone, which is no error of the server.
    try? await channel.executeThenClose { inbound, outbound in
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await Self.announce(messages, to: queue) }
        group.addTask { await Self.listen(to: inbound, answeringTo: queue) }
        group.addTask {
          for await frame in frames {
            guard (try? await outbound.write(frame)) != nil else { return }
            if frame.opcode == .connectionClose { return }
          }
        }
        await group.next()
        group.cancelAll()
        // What a slow reader has not taken would delay the end.
        channel.channel.close(promise: nil)
      }
    }
  }

  private static func announce(
    _ messages: AsyncStream<AssetDownloadMessage>,
    to queue: AsyncStream<WebSocketFrame>.Continuation
  ) async {
    let greeting = WebSocketMessage.status(sessionID: UUID().uuidString.lowercased())
    guard queue.accepts(.message(greeting)) else { return }
    for await message in messages {
      guard queue.accepts(.message(.assetDownload(message))) else { return }
    }
  }

  /// Answers the client's frames; returns when it is gone. A closing frame is answered by the
  /// writer, behind everything that waits.
  private static func listen(
    to inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
    answeringTo queue: AsyncStream<WebSocketFrame>.Continuation
  ) async {
    do {
      for try await frame in inbound {
        guard let answer = answer(to: frame) else { continue }
        guard queue.accepts(answer) else { return }
      }
    } catch {
      // The line broke, or what came was no WebSocket frame.
    }
  }

  private static func answer(to frame: WebSocketFrame) -> WebSocketFrame? {
    switch frame.opcode {
    case .ping:
      return WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData)
    case .connectionClose:
      // The answer repeats the status code (RFC 6455, section 5.5.1).
      let data = frame.unmaskedData
      return WebSocketFrame(
        fin: true, opcode: .connectionClose,
        data: data.getSlice(at: data.readerIndex, length: 2) ?? ByteBuffer())
    case .text:
      let bytes = frame.unmaskedData.readableBytesView
      guard case .featureFlags = try? WireFormat.decode(WebSocketMessage.self, from: bytes) else {
        return nil
      }
      return .message(
        .featureFlags(["supports_preview_metadata": false, "supports_model_type_tags": true]))
    default:
      return nil
    }
  }
}

extension WebSocketFrame {
  fileprivate static func message(_ message: WebSocketMessage) -> WebSocketFrame {
    // Every message is made of strings and finite numbers, which always encode.
    let text = (try? WireFormat.encodeText(message)) ?? "{}"
    return WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text))
  }
}

extension AsyncStream<WebSocketFrame>.Continuation {
  /// False when the queue is full or the client is gone.
  fileprivate func accepts(_ frame: WebSocketFrame) -> Bool {
    guard case .enqueued = yield(frame) else { return false }
    return true
  }
}
