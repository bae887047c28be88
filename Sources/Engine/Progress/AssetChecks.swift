import ComfyAPI
import Synchronization

/// How far stored files have been read again. It is read by anyone at any time.
final class AssetChecks: Sendable {
  private struct State {
    var checks: [String: AssetCheck] = [:]
    var isStopped = false
  }

  private let state = Mutex(State())

  func check(_ id: String) -> AssetCheck? { state.withLock { $0.checks[id] } }

  /// False when the asset is being checked already.
  func begin(_ id: String, size: Int64) -> Bool {
    state.withLock { state in
      if let known = state.checks[id], !known.state.isEnd { return false }
      state.checks[id] = AssetCheck(assetID: id, state: .waiting, bytesTotal: size)
      return true
    }
  }

  /// - Throws: `CancellationError` once the engine ends.
  func reached(_ bytes: Int64, _ id: String) throws {
    let isStopped = state.withLock { state in
      state.checks[id]?.state = .running
      state.checks[id]?.bytesChecked = bytes
      return state.isStopped
    }
    if isStopped { throw CancellationError() }
  }

  func end(_ check: AssetCheck) { state.withLock { $0.checks[check.assetID] = check } }

  func forget(_ id: String) { state.withLock { $0.checks[id] = nil } }

  /// What was found no longer holds; a check under way goes on.
  func forgetEnd(of id: String) {
    state.withLock { state in
      if state.checks[id]?.state.isEnd == true { state.checks[id] = nil }
    }
  }

  var isStopped: Bool { state.withLock(\.isStopped) }

  /// Ends the checks under way; none begins after it.
  func stop() { state.withLock { $0.isStopped = true } }
}
