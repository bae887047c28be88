import ArgumentParser
import Downloads
import Model

struct CancelCommand: DownloadsCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Cancels downloads; the bytes they have are kept.",
    discussion: """
      Examples:
        winch cancel --dry-run 3f2a
        winch cancel 3f2a 91c0
      """)

  @Argument(help: "Ids, or their beginnings.", completion: .downloads { $0.status.isCancellable })
  var ids: [String]

  @OptionGroup var options: DeedOptions

  var deed: Deed {
    Deed(
      done: "cancelled", wouldBe: "cancelled", refusal: \.whyNotCancelled,
      act: { (board, id) async throws(DownloadFailure) in try await board.cancel(id) })
  }
}
