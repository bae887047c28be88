import Downloads
import Engine

/// An engine of this machine that runs, and does not answer.
struct SilentEngine {
  /// Nil where it has not said who it is.
  let process: Int32?
  let socketPath: String

  /// Nil where no engine holds the database. Ask only after one has not answered: one that does holds it,
  /// too.
  init?(_ settings: Settings) {
    guard Engine.isRunning(onDatabase: settings.databasePath) else { return nil }
    process = Engine.runningProcess(onDatabase: settings.databasePath)
    socketPath = settings.socketPath
  }

  var failure: DownloadFailure {
    DownloadFailure(
      code: "ENGINE_SILENT",
      message: "An engine runs\(name), but does not answer at \(socketPath).",
      hint: EngineHealth.remedyOfSilence(process: process))
  }

  /// Of one that was asked to end.
  var stillRuns: DownloadFailure {
    DownloadFailure(
      code: "ENGINE_SILENT", message: "The engine is still running\(name).",
      hint: EngineHealth.endingSilent(process: process))
  }

  private var name: String { process.map { " (process \($0))" } ?? "" }
}
