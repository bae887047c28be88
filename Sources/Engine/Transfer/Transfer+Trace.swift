import ComfyAPI
import Downloads
import Foundation

/// Writing down what happens, for people who ask why a download is stuck.
extension Transfer {
  /// Attempts and what was learnt in earlier runs go on.
  func beginTrace() {
    let kept = try? store.trace(id)
    traces.begin(kept ?? TransferTrace(taskID: id))
  }

  func endTrace() async {
    await keepTrace()
    traces.end(id)
  }

  /// A trace that cannot be written is no reason to end a transfer.
  private func keepTrace() async {
    guard let trace = traces.trace(id) else { return }
    try? await store.keep(trace)
  }

  func beginAttempt() {
    let now = environment.now()
    traces.change(id) { $0.beginAttempt(at: now) }
  }

  /// - Parameter bytes: what the attempt brought.
  func endAttempt(_ failure: DownloadFailure?, bytes: Int64) {
    let now = environment.now()
    traces.change(id) { $0.endAttempt(failure, bytes: bytes, at: now) }
  }

  /// Waits before the next attempt, and says for whom and until when.
  func wait(_ pause: Duration, because failure: DownloadFailure) async {
    let end = environment.instant() + pause
    let until = environment.now() + pause / .seconds(1)
    traces.change(id) { trace in
      guard let last = trace.attempts.indices.last else { return }
      trace.attempts[last].nextAt = until
    }
    let host = traces.trace(id)?.attempts.last?.host
    live.enter(
      .waiting, id, message: failure.message, wait: host.map { (host: $0, until: end) })
    await keepTrace()
    try? await environment.pause(pause)
  }

  /// Waits while a host wants to be left alone, whoever it told so.
  func pass(_ host: String) async throws {
    guard let pause = waits.remaining(host, at: environment.instant()) else { return }
    live.enter(
      .waiting, id, message: "\(host) asks for fewer requests.",
      wait: (host: host, until: environment.instant() + pause))
    try await environment.pause(pause)
  }

  /// Which of the bytes of earlier attempts are used, and why.
  func decide(keeping kept: Int64, of received: Int64, because reason: String) {
    traces.change(id) {
      $0.resume = .init(keptBytes: kept, ofBytes: received, reason: reason)
    }
  }

  /// A transfer is stopped by its user or with its engine, and nothing is wrong then.
  static let stopped = DownloadFailure(
    code: "STOPPED", message: "The transfer was stopped; its bytes are kept.")
}
