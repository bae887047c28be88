import Downloads
import Synchronization

/// Hands the newest snapshot to whoever listens; older ones that nobody took are dropped.
final class SnapshotChannel: Sendable {
  private let continuations = Mutex<[Int: AsyncStream<BoardSnapshot>.Continuation]>([:])
  private let nextKey = Atomic<Int>(0)

  func send(_ snapshot: BoardSnapshot) {
    continuations.withLock { listeners in
      for listener in listeners.values { listener.yield(snapshot) }
    }
  }

  func stream(startingWith snapshot: BoardSnapshot) -> AsyncStream<BoardSnapshot> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: BoardSnapshot.self, bufferingPolicy: .bufferingNewest(1))
    let key = nextKey.add(1, ordering: .relaxed).newValue
    continuations.withLock { $0[key] = continuation }
    continuation.onTermination = { [weak self] _ in
      self?.continuations.withLock { _ = $0.removeValue(forKey: key) }
    }
    continuation.yield(snapshot)
    return stream
  }
}
