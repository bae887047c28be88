import ComfyAPI
import Downloads
import Engine
import Foundation
import Model

/// Tells the hooks what the engine's downloads come to.
struct HookFeed: Sendable {
  let engine: Engine
  let hooks: Hooks

  /// After an end somebody may be about to queue the next: only what stays idle so long is.
  private static let quiet = Duration.seconds(2)

  /// Runs until the calling task is cancelled.
  func run() async {
    var rest: Task<Void, Never>?
    for await message in engine.messages() where message.status.isTerminal {
      await tell(message)
      rest?.cancel()
      rest = Task { await tellOfRest() }
    }
    rest?.cancel()
  }

  private func tell(_ message: AssetDownloadMessage) async {
    guard let event = Self.event(message.status),
      let task = try? await engine.task(message.taskID)
    else { return }
    await hooks.happened(event, Download(task, backend: BackendTarget.localName))
  }

  private func tellOfRest() async {
    try? await Task.sleep(for: Self.quiet)
    guard !Task.isCancelled, await engine.isIdle else { return }
    await hooks.happened(.idle, nil)
  }

  private static func event(_ status: TaskStatus) -> Hooks.Event? {
    switch status {
    case .completed: .completed
    case .failed: .failed
    default: nil
    }
  }
}
