import Synchronization

/// Tells whoever listens that something has changed; what nobody took in time counts once.
final class ChangeSignal: Sendable {
  private let continuations = Mutex<[Int: AsyncStream<Void>.Continuation]>([:])
  private let nextKey = Atomic<Int>(0)

  func send() {
    continuations.withLock { listeners in
      for listener in listeners.values { listener.yield() }
    }
  }

  /// The changes from now on, beginning with one.
  func stream() -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let key = nextKey.add(1, ordering: .relaxed).newValue
    continuations.withLock { $0[key] = continuation }
    continuation.onTermination = { [weak self] _ in
      self?.continuations.withLock { _ = $0.removeValue(forKey: key) }
    }
    continuation.yield()
    return stream
  }
}
