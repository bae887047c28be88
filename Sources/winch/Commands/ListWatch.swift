import ComfyAPI
import Dispatch
import Downloads
import Foundation
import Interface

/// Shows a list as it changes, until a signal ends it or nobody reads it any more.
///
/// A terminal has the list drawn over; else each download that has changed is a line. Nothing is started:
/// a backend that does not answer is waited for.
struct ListWatch {
  let workspace: Workspace
  let selection: ListSelection
  let json: Bool
  private let display: ListDisplay?

  /// So often is looked at what changes without news, such as ages.
  private static let idleInterval = Duration.seconds(1)

  init(workspace: Workspace, selection: ListSelection, json: Bool) {
    self.workspace = workspace
    self.selection = selection
    self.json = json
    display = json ? nil : ListDisplay(workspace.settings)
  }

  func follow() async throws {
    // What was known last would be old news by the first answer.
    _ = await workspace.refresh()
    let resized = DispatchSource.makeSignalSource(signal: SIGWINCH, queue: .global())
    resized.setEventHandler { @Sendable in display?.fit() }
    resized.resume()
    defer { resized.cancel() }
    try await Waiting.forEnd(showing: display, farewell: Self.farewell) {
      let (looks, look) = AsyncStream.makeStream(
        of: Void.self, bufferingPolicy: .bufferingNewest(1))
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await workspace.lookingService.run() }
        group.addTask { for await _ in await workspace.board.snapshots() { look.yield() } }
        group.addTask {
          while true {
            try await Task.sleep(for: Self.idleInterval)
            look.yield()
          }
        }
        group.addTask { try await report(at: looks) }
        defer { group.cancelAll() }
        try await group.next()
      }
    }
  }

  private static let farewell = ["Stopped watching. The downloads go on."]

  private func report(at looks: AsyncStream<Void>) async throws {
    var changes = ChangedDownloads()
    var isAway = false
    for await _ in looks {
      guard !StandardOutput.isAbandoned else { return }
      let snapshot = await workspace.board.snapshot
      if case .refused(let failure) = snapshot.backend.connection { throw CommandExit(failure) }
      if case .offline(let reason) = snapshot.backend.connection {
        if !isAway { sayAway(reason) }
        isAway = true
      } else if snapshot.backend.connection == .online {
        isAway = false
      }
      if let display {
        show(snapshot, in: display)
      } else {
        try changes.lines(of: chosen(from: snapshot)) { try line($0, snapshot.backend) }
          .forEach(StandardOutput.write)
      }
      try await Task.sleep(
        for: display == nil ? QueuedDownloads.lineInterval : ProgressDisplay.interval)
    }
  }

  private func show(_ snapshot: BoardSnapshot, in display: ListDisplay) {
    let chosen = chosen(from: snapshot)
    display.show { [selection, workspace] size, medium in
      ListPicture(
        selection, size: size, medium: medium, hosts: workspace.hosts,
        isOnline: snapshot.backend.isOnline, now: Date()
      ).lines(chosen, of: snapshot.downloads.count)
    }
  }

  private func chosen(from snapshot: BoardSnapshot) -> [Download] {
    selection.chosen(
      from: snapshot.downloads, hosts: workspace.hosts, isOnline: snapshot.backend.isOnline,
      now: Date())
  }

  private func line(_ download: Download, _ backend: BackendState) throws -> String {
    guard !json else { return try WireFormat.encodeText(download.json) }
    return DownloadTable.changedLine(
      download, hosts: workspace.hosts, isOnline: backend.isOnline, now: Date()
    ).map(\.text).joined()
  }

  private func sayAway(_ reason: String) {
    let lines =
      workspace.isLocal
      ? ["The engine is not running; winch status --start lets the downloads go on."]
      : [reason + " What was known last is shown until it answers."]
    guard let display else { return lines.forEach(StandardError.write) }
    display.above { lines.forEach(StandardError.write) }
  }
}

extension BackendState {
  fileprivate var isOnline: Bool { connection == .online }
}
