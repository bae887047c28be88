import ComfyAPI
import Foundation
import NIOCore
import NIOWebSocket
import Synchronization

/// The lab's `/ws`: passes messages to all who listen, as well or as badly as its quirks say.
public final class CloudFeed: Sendable {
  /// How messages fare.
  public struct Quirks: Sendable {
    /// Handshakes are refused with this status.
    public var refusal: Int?
    /// Nothing is sent: the events are missed.
    public var isMuted = false
    /// Every so manieth message is lost.
    public var dropsEvery: Int?
    /// How often each message is sent.
    public var copies = 1
    /// Messages go out in pairs, the later one first.
    public var swapsPairs = false
    public var delay = Duration.zero

    public init() {}
  }

  private struct State {
    var quirks = Quirks()
    var listeners: [Int: AsyncStream<String>.Continuation] = [:]
    /// Handshakes so far.
    var connections = 0
    var messages = 0
    /// Waits for the later one of its pair.
    var held: String?

    /// What goes out when a message comes in.
    mutating func outgoing(_ text: String) -> [String] {
      messages += 1
      if quirks.isMuted { return [] }
      if let every = quirks.dropsEvery, messages % every == 0 { return [] }
      var texts = [text]
      if quirks.swapsPairs {
        guard let earlier = held else {
          held = text
          return []
        }
        held = nil
        texts.append(earlier)
      }
      return texts.flatMap { Array(repeating: $0, count: quirks.copies) }
    }
  }

  private let state = Mutex(State())

  public var quirks: Quirks {
    get { state.withLock(\.quirks) }
    set { state.withLock { $0.quirks = newValue } }
  }

  /// How many connections there have been.
  public var connections: Int { state.withLock(\.connections) }

  /// How many listen now.
  public var listeners: Int { state.withLock { $0.listeners.count } }

  /// Closes all connections without a word.
  public func cut() {
    state.withLock { state in
      for listener in state.listeners.values { listener.finish() }
      state.listeners = [:]
    }
  }

  /// Sends text to all who listen, whatever it is.
  public func send(_ text: String) {
    let (texts, delay) = state.withLock { ($0.outgoing(text), $0.quirks.delay) }
    guard delay > .zero else { return texts.forEach(deliver) }
    Task {
      try? await Task.sleep(for: delay)
      texts.forEach(deliver)
    }
  }

  private func deliver(_ text: String) {
    state.withLock { state in
      for listener in state.listeners.values { listener.yield(text) }
    }
  }

  // MARK: Connections

  /// Serves one connection to its end.
  func serve(_ channel: CloudServer.Frames) async {
    let (texts, continuation) = AsyncStream.makeStream(of: String.self)
    let key = state.withLock { state in
      state.connections += 1
      state.listeners[state.connections] = continuation
      return state.connections
    }
    for text in Self.greeting { continuation.yield(text) }
    try? await channel.executeThenClose { inbound, outbound in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for await text in texts {
            try await outbound.write(
              WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text)))
          }
        }
        group.addTask {
          for try await frame in inbound {
            if frame.opcode == .connectionClose { return }
            guard frame.opcode == .ping else { continue }
            try await outbound.write(
              WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
          }
        }
        defer { group.cancelAll() }
        try await group.next()
      }
    }
    state.withLock { _ = $0.listeners.removeValue(forKey: key) }
  }

  /// What every connection hears first; none of it concerns downloads.
  private static let greeting = [
    #"{"type":"status","data":{"status":{"exec_info":{"queue_remaining":0}},"sid":"lab"}}"#,
    #"{"type":"feature_flags","data":{"supports_preview_metadata":true}}"#,
    #"{"type":"notification","data":{"value":"hello"}}"#,
  ]
}
