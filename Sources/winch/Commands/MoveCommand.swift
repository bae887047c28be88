import ArgumentParser
import ComfyAPI
import Downloads
import Model

struct MoveCommand: DownloadsCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Gives a waiting download another place in the queue.",
    discussion: """
      Only what waits has a place; pause what is under way first.

      Examples:
        winch move 3f2a --to top
        winch move 3f2a --to down
        winch move --dry-run 3f2a --to end
      """)

  @Argument(
    help: "The download's id, or its beginning.",
    completion: .downloads(where: \.canBeMoved))
  var id: String

  @Option(help: "The new place: first, one up, one down, or last among those that wait.")
  var to: TaskMove.Place

  @OptionGroup var options: DeedOptions

  var ids: [String] { [id] }

  var deed: Deed {
    Deed(
      done: "moved", wouldBe: "moved", need: (.move, "order its queue"),
      refusal: \.whyNotMoved,
      act: { (board, id) async throws(DownloadFailure) in try await board.move(id, to: to) })
  }
}

extension TaskMove.Place: ExpressibleByArgument {}
