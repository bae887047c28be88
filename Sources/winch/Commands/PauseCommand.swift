import ArgumentParser
import Downloads

struct PauseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause",
    abstract: "Holds downloads back until they are resumed; the bytes they have are kept.",
    discussion: """
      Also over a new start of the engine.

      Examples:
        winch pause 3f2a
        winch pause 3f2a 91c0 --json
      """)

  @Argument(
    help: "Ids, or their beginnings.",
    completion: .downloads { $0.status.isCancellable && $0.phase != .paused })
  var ids: [String]

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.act(
      on: ids, needing: .pause, toDo: "hold downloads back", json: output.json, done: "paused"
    ) { (id) async throws(DownloadFailure) in
      try await workspace.board.pause(id)
    }
  }
}

struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Lets paused downloads go on when their turn comes.",
    discussion: """
      What has failed or was cancelled is started again by winch retry.

      Examples:
        winch resume 3f2a
      """)

  @Argument(
    help: "Ids, or their beginnings.",
    completion: .downloads { $0.status.isCancellable && [nil, .paused].contains($0.phase) })
  var ids: [String]

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.act(
      on: ids, needing: .pause, toDo: "hold downloads back", json: output.json, done: "goes on"
    ) { (id) async throws(DownloadFailure) in
      try await workspace.board.resume(id)
    }
  }
}
