import ComfyAPI
import Downloads
import Foundation
import Synchronization

/// Follows downloads that were just queued until the backend has answered, or until they are done.
struct QueuedDownloads {
  let workspace: Workspace
  let ids: [UUID]
  let untilFinished: Bool
  let json: Bool
  /// Whether a download that has ended brought what was asked for.
  let isGood: @Sendable (Download) -> Bool

  /// How long nothing may be accepted before an `add` that does not wait gives up, with everything
  /// kept in the journal.
  private static let patience = Duration.seconds(30)
  /// At most so often is looked at how the downloads stand.
  private static let newsInterval = Duration.milliseconds(25)
  private let progress = LastProgress()

  init(
    workspace: Workspace, ids: [UUID], untilFinished: Bool, json: Bool,
    isGood: @escaping @Sendable (Download) -> Bool = { $0.verified == true }
  ) {
    self.workspace = workspace
    self.ids = ids
    self.untilFinished = untilFinished
    self.json = json
    self.isGood = isGood
  }

  func follow() async throws {
    let interrupts = Interrupts()
    let outcome = try await withThrowingTaskGroup(of: Outcome.self) { group in
      group.addTask {
        await workspace.service.run()
        return .stopped
      }
      group.addTask { try await report() }
      group.addTask {
        await interrupts.first()
        return .interrupted
      }
      if !untilFinished {
        group.addTask {
          try await progress.standstill(of: Self.patience)
          return .unreachable
        }
      }
      defer { group.cancelAll() }
      return try await group.next() ?? .stopped
    }
    try await leave(outcome)
  }

  private enum Outcome {
    case reported(ExitStatus)
    case interrupted, unreachable, stopped
    case refused(DownloadFailure)
  }

  /// Prints each download when it has got as far as is asked; ends when all have.
  private func report() async throws -> Outcome {
    var waiting = Set(ids)
    var status = ExitStatus.done
    var saidOffline = false
    for await snapshot in await workspace.board.snapshots() {
      if case .offline(let reason) = snapshot.backend.connection, !saidOffline {
        saidOffline = true
        StandardError.write(reason + " The download is kept and sent when the backend is back.")
      }
      if case .refused(let failure) = snapshot.backend.connection { return .refused(failure) }
      let downloads = snapshot.downloads.filter { waiting.contains($0.id) }
      for download in downloads where isFarEnough(download) {
        waiting.remove(download.id)
        progress.made()
        try print(download)
        if download.status == .failed || (untilFinished && !isGood(download)) {
          status = .downloadFailed
        }
      }
      if waiting.isEmpty { break }
      try await Task.sleep(for: Self.newsInterval)
    }
    return .reported(status)
  }

  private func isFarEnough(_ download: Download) -> Bool {
    untilFinished ? download.status.isTerminal : download.status != .queued
  }

  private func print(_ download: Download) throws {
    if json {
      StandardOutput.write(try WireFormat.encodeText(download.json))
    } else {
      PlainList.lines([download]).forEach(StandardOutput.write)
    }
    guard let failure = download.failure else { return }
    StandardError.write("\(download.name): \(failure.message)")
    if let hint = failure.hint { StandardError.write(hint) }
  }

  private func leave(_ outcome: Outcome) async throws {
    switch outcome {
    case .reported(.done): return
    case .reported(let status): throw CommandExit(status)
    case .interrupted:
      throw CommandExit(.interrupted, "The downloads go on; winch shows them.")
    case .refused(let failure):
      var exit = CommandExit(failure)
      exit.lines.append("The downloads are kept, and sent once that is put right.")
      throw exit
    case .unreachable, .stopped:
      let exit = CommandExit(
        .unavailable, "The backend has not answered yet.",
        "The downloads are kept, and sent when winch reaches it again.")
      throw await workspace.exitWithoutBackend(exit)
    }
  }
}

/// When something last got on.
private final class LastProgress: Sendable {
  private let time = Mutex(ContinuousClock.now)

  func made() { time.withLock { $0 = .now } }

  /// Returns when nothing has got on for so long.
  func standstill(of patience: Duration) async throws {
    while true {
      let deadline = time.withLock { $0 } + patience
      guard deadline > .now else { return }
      try await Task.sleep(until: deadline)
    }
  }
}
