import ComfyAPI
import Foundation
import Synchronization

/// Hands progress messages to everyone who listens.
///
/// A listener that stops reading loses its oldest messages first; it can still ask for the task.
final class MessageHub: Sendable {
  private static let longestBacklog = 4096

  private struct State {
    var listeners: [UUID: AsyncStream<AssetDownloadMessage>.Continuation] = [:]
    var throttle = MessageThrottle()
  }

  private let state = Mutex(State())

  func listen() -> AsyncStream<AssetDownloadMessage> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: AssetDownloadMessage.self, bufferingPolicy: .bufferingNewest(Self.longestBacklog))
    let id = UUID()
    continuation.onTermination = { [weak self] _ in self?.forget(id) }
    state.withLock { $0.listeners[id] = continuation }
    return stream
  }

  /// Sends a message unless it comes too soon after the task's last one.
  func send(_ message: AssetDownloadMessage, at now: ContinuousClock.Instant) {
    let listeners = state.withLock { state in
      state.throttle.admits(message.taskID, isLast: message.status.isTerminal, at: now)
        ? Array(state.listeners.values) : []
    }
    for listener in listeners { listener.yield(message) }
  }

  private func forget(_ id: UUID) {
    _ = state.withLock { $0.listeners.removeValue(forKey: id) }
  }
}
