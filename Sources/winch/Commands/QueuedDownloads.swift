import ComfyAPI
import Downloads
import Foundation
import Interface
import Synchronization

/// Follows downloads that were just queued until the backend has answered, or until they are done.
struct QueuedDownloads {
  let workspace: Workspace
  let ids: [UUID]
  let untilFinished: Bool
  let json: Bool
  /// Whether a download that has ended brought what was asked for.
  let isGood: @Sendable (Download) -> Bool
  let choice: ProgressChoice

  /// How long nothing may be accepted before an `add` that does not wait gives up, with everything
  /// kept in the journal.
  private static let patience = Duration.seconds(30)
  /// At most so often is looked whether the backend has taken them.
  private static let newsInterval = Duration.milliseconds(25)
  /// Between two lines of a download.
  static let lineInterval = ProgressDisplay.jsonInterval
  private let progress = LastProgress()
  private let display: ProgressDisplay

  init(
    workspace: Workspace, ids: [UUID], untilFinished: Bool, json: Bool,
    progress choice: ProgressChoice = .auto,
    isGood: @escaping @Sendable (Download) -> Bool = { $0.verified == true }
  ) {
    self.workspace = workspace
    self.ids = ids
    self.untilFinished = untilFinished
    self.json = json
    self.isGood = isGood
    self.choice = choice
    // Each changed download is a line of JSON here, and not how far all of them are.
    display = ProgressDisplay(
      workspace.settings, untilFinished && choice != .json ? choice : .none)
  }

  func follow() async throws {
    let outcome = try await Waiting.forEnd(showing: display, farewell: Self.farewell) {
      try await withThrowingTaskGroup(of: Outcome.self) { group in
        group.addTask {
          await workspace.service.run()
          return .stopped
        }
        group.addTask { try await report() }
        if !untilFinished {
          group.addTask {
            try await progress.standstill(of: Self.patience)
            return .unreachable
          }
        }
        defer { group.cancelAll() }
        return try await group.next() ?? .stopped
      }
    }
    try await leave(outcome)
  }

  private enum Outcome {
    case reported(ExitStatus)
    case unreachable, stopped
    case refused(DownloadFailure)
  }

  private static let farewell = [
    "Stopped waiting. The downloads go on, and what was not sent yet is kept.",
    "winch shows them, winch ls lists them, winch cancel ID stops one.",
  ]

  /// Prints each download when it has got as far as is asked; ends when all have.
  private func report() async throws -> Outcome {
    let all = Set(ids)
    var waiting = all
    var status = ExitStatus.done
    var saidOffline = false
    var changes = ChangedDownloads()
    var waits = SaidWaits()
    for await snapshot in await workspace.board.snapshots() {
      if case .offline(let reason) = snapshot.backend.connection, !saidOffline {
        saidOffline = true
        say(reason + " The download is kept and sent when the backend is back.")
      }
      if case .refused(let failure) = snapshot.backend.connection { return .refused(failure) }
      let downloads = snapshot.downloads.filter { all.contains($0.id) }
      if writesChanges {
        // The last line of each tells its end.
        try changes.lines(of: downloads.filter { waiting.contains($0.id) }, Self.json)
          .forEach(StandardOutput.write)
      }
      waits.lines(downloads, snapshot.backend, shownIn: display.style).forEach(say)
      for download in downloads where waiting.contains(download.id) && isFarEnough(download) {
        waiting.remove(download.id)
        progress.made()
        try display.above { try print(download) }
        if download.status == .failed || (untilFinished && !isGood(download)) {
          status = status.joined(with: download.failure)
        }
      }
      if waiting.isEmpty { break }
      if untilFinished { display.show(BatchProgress(downloads)) }
      try await Task.sleep(for: interval)
    }
    return .reported(status)
  }

  /// Whether each change is a line of standard output.
  private var writesChanges: Bool { untilFinished && choice == .json }

  private var interval: Duration {
    guard untilFinished else { return Self.newsInterval }
    return writesChanges ? Self.lineInterval : ProgressDisplay.interval
  }

  private static func json(_ download: Download) throws -> String {
    try WireFormat.encodeText(download.json)
  }

  private func isFarEnough(_ download: Download) -> Bool {
    untilFinished ? download.status.isTerminal : download.status != .queued
  }

  private func say(_ line: String) { display.above { StandardError.write(line) } }

  private func print(_ download: Download) throws {
    if json, !writesChanges { StandardOutput.write(try Self.json(download)) }
    if choice != .none, !writesChanges, !json || display.showsEnds {
      let terminal = json ? OutputTerminal.error : .output
      let lines = DownloadTable.line(
        download, medium: terminal.medium(workspace.settings), hosts: workspace.hosts, now: Date())
      if !json { StandardOutput.write(lines, workspace.settings) }
      if display.showsEnds { lines.map(\.text).forEach(StandardError.write) }
    }
    guard let failure = download.failure else { return }
    StandardError.write("\(download.name): \(failure.message)")
    if let hint = failure.hint { StandardError.write(hint) }
  }

  private func leave(_ outcome: Outcome) async throws {
    switch outcome {
    case .reported(.done): return
    case .reported(let status): throw CommandExit(status)
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

/// What was said of downloads that wait.
private struct SaidWaits {
  private var news = WaitNews()
  private var disk: String?

  /// Bars have the reason in the place of the one that does not move. Where nothing else is shown, only a
  /// full or missing disk is worth a line: others may be needed to help there.
  mutating func lines(
    _ downloads: [Download], _ backend: BackendState, shownIn style: ProgressDisplay.Style
  ) -> [String] {
    switch style {
    case .bars: return []
    case .lines: return news.lines(of: downloads, at: .now)
    case .json, .none:
      guard let now = backend.diskWait, now != disk, downloads.contains(where: \.isHeld) else {
        return []
      }
      disk = now
      return [now]
    }
  }
}

extension Download {
  /// Whether something outside of it keeps it from going on.
  fileprivate var isHeld: Bool { !status.isTerminal && phase == .waiting }
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
