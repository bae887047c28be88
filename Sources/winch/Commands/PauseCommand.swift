import ArgumentParser
import Downloads
import Model

struct PauseCommand: DownloadsCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause",
    abstract: "Holds downloads back until they are resumed; the bytes they have are kept.",
    discussion: """
      Also over a new start of the engine.

      Examples:
        winch pause --dry-run 3f2a
        winch pause 3f2a 91c0 --json
      """)

  @Argument(
    help: "Ids, or their beginnings.",
    completion: .downloads { $0.status.isCancellable && $0.phase != .paused })
  var ids: [String]

  @OptionGroup var options: DeedOptions

  var deed: Deed {
    Deed(
      done: "paused", wouldBe: "paused", need: (.pause, "hold downloads back"),
      refusal: \.whyNotHeld,
      act: { (board, id) async throws(DownloadFailure) in try await board.pause(id) })
  }
}

struct ResumeCommand: DownloadsCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Lets paused downloads go on when their turn comes.",
    discussion: """
      What has failed or was cancelled is started again by winch retry.

      Examples:
        winch resume 3f2a
        winch resume --dry-run 3f2a 91c0
      """)

  @Argument(
    help: "Ids, or their beginnings.",
    completion: .downloads { $0.status.isCancellable && [nil, .paused].contains($0.phase) })
  var ids: [String]

  @OptionGroup var options: DeedOptions

  var deed: Deed {
    Deed(
      done: "goes on", wouldBe: "let go on", need: (.pause, "hold downloads back"),
      refusal: \.whyNotHeld,
      act: { (board, id) async throws(DownloadFailure) in try await board.resume(id) })
  }
}
