import ComfyAPI
import Synchronization

/// What the running transfers have done and met. It is read by anyone at any time.
final class TransferTraces: Sendable {
  private let traces = Mutex<[String: TransferTrace]>([:])

  func begin(_ trace: TransferTrace) { traces.withLock { $0[trace.taskID] = trace } }

  func end(_ id: String) { traces.withLock { $0[id] = nil } }

  func change(_ id: String, _ change: (inout TransferTrace) -> Void) {
    traces.withLock { traces in
      guard var trace = traces.removeValue(forKey: id) else { return }
      change(&trace)
      traces[id] = trace
    }
  }

  /// Nil for a task that is not being transferred.
  func trace(_ id: String) -> TransferTrace? { traces.withLock { $0[id] } }
}
