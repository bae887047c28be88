import ArgumentParser
import ComfyClient
import Downloads
import Engine

struct StopCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop",
    abstract: "Stops the engine. Unfinished downloads go on when it is started again.",
    discussion: """
      Returns once the engine has ended, with how far each download is written
      down.

      Examples:
        winch stop
        winch stop --backend gpu
      """)

  @OptionGroup var backend: BackendOptions

  /// How long an engine may take to write down what it has.
  private static let patience = Duration.seconds(30)
  private static let pause = Duration.milliseconds(25)

  func run() async throws {
    let workspace = try await backend.workspace()
    guard !workspace.client.backend.isCloud else { throw Self.isNoEngine(workspace) }
    let deadline = ContinuousClock.now + Self.patience
    let wasSeenRunning = Self.isSeenRunning(workspace)
    guard try await askToEnd(workspace, until: deadline) else {
      return StandardError.write("The engine is not running.")
    }
    while ContinuousClock.now < deadline {
      if wasSeenRunning {
        // To ask it would start the next one where systemd holds the socket.
        if !Self.isSeenRunning(workspace) { return }
      } else if await hasEnded(workspace) {
        return
      }
      try await Task.sleep(for: Self.pause)
    }
    if workspace.isLocal, let engine = SilentEngine(workspace.settings) {
      throw CommandExit(engine.stillRuns)
    }
    throw CommandExit(
      .unavailable, "The engine is still running.", "End its process on its machine.")
  }

  /// Whether an engine was there to be asked. One that holds its database and does not answer has only
  /// just started, or ends already.
  private func askToEnd(
    _ workspace: Workspace, until deadline: ContinuousClock.Instant
  ) async throws -> Bool {
    var isOneThere = false
    while true {
      do {
        try await workspace.client.shutdown()
        return true
      } catch  where error.kind == .unreachable {
        // It may have ended before its answer was read.
        guard error.wasNeverSent else { return true }
        guard Self.isSeenRunning(workspace), ContinuousClock.now < deadline else {
          return isOneThere
        }
        isOneThere = true
      } catch  where error.kind == .notFound {
        throw Self.isNoEngine(workspace)
      } catch {
        throw CommandExit(error)
      }
      try await Task.sleep(for: Self.pause)
    }
  }

  /// Whether an engine of this machine holds the database that it would have.
  private static func isSeenRunning(_ workspace: Workspace) -> Bool {
    guard workspace.isLocal else { return false }
    return Engine.isRunning(onDatabase: workspace.settings.databasePath)
  }

  private static func isNoEngine(_ workspace: Workspace) -> CommandExit {
    CommandExit(
      .unavailable,
      "\(workspace.client.backend.name) cannot be stopped: it is no engine of Winch.")
  }

  /// An engine whose database is elsewhere has ended when nobody answers.
  private func hasEnded(_ workspace: Workspace) async -> Bool {
    do {
      _ = try await workspace.client.status()
      return false
    } catch {
      return error.kind == .unreachable
    }
  }
}
