import Foundation

/// What long work in blocking calls passes at every step: it can be held up there, and ended.
///
/// Unchecked: the condition guards both variables.
final class WorkGate: @unchecked Sendable {
  private let condition = NSCondition()
  private var isHeld = false
  private var isStopped = false

  /// Returns once nobody holds the work up.
  ///
  /// - Throws: `CancellationError` from the end on.
  func pass() throws(CancellationError) {
    condition.lock()
    defer { condition.unlock() }
    while isHeld && !isStopped { condition.wait() }
    if isStopped { throw CancellationError() }
  }

  func hold(_ isHeld: Bool) { change { self.isHeld = isHeld } }

  /// Ends the work for good, held up or not.
  func stop() { change { isStopped = true } }

  private func change(_ change: () -> Void) {
    condition.lock()
    change()
    condition.broadcast()
    condition.unlock()
  }
}
