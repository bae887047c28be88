import Synchronization

/// Tells one waiter at a time that something has happened; what happens while it is busy is told once.
final class Signal: Sendable {
  private let listener = Mutex<AsyncStream<Void>.Continuation?>(nil)

  func send() { _ = listener.withLock(\.self)?.yield() }

  /// The signals from now on. Who listened before hears no more.
  func listen() -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let earlier = listener.withLock { listener in
      defer { listener = continuation }
      return listener
    }
    earlier?.finish()
    return stream
  }
}
