import Foundation

/// Blocking work where it holds up nobody: on a thread of its own, which ends with it.
enum OffThread {
  static func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: work()) }
    }
  }
}
