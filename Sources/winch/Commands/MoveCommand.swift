import ArgumentParser
import ComfyAPI
import Downloads

struct MoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Gives a waiting download another place in the queue.",
    discussion: """
      Only what waits has a place; pause what is under way first.

      Examples:
        winch move 3f2a --to top
        winch move 3f2a --to down
      """)

  @Argument(
    help: "The download's id, or its beginning.",
    completion: .downloads { $0.status.isCancellable && $0.status != .running })
  var id: String

  @Option(help: "The new place: first, one up, one down, or last among those that wait.")
  var to: TaskMove.Place

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.act(
      on: [id], needing: .move, toDo: "order its queue", json: output.json, done: "moved"
    ) { (id) async throws(DownloadFailure) in
      try await workspace.board.move(id, to: to)
    }
  }
}

extension TaskMove.Place: ExpressibleByArgument {}
