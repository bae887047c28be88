import ArgumentParser
import Downloads
import Foundation
import Model

struct RetryCommand: DownloadsCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Starts failed or cancelled downloads again, from the bytes they have.",
    discussion: """
      Examples:
        winch retry --dry-run 3f2a
        winch retry 3f2a 91c0
      """)

  @Argument(help: "Ids, or their beginnings.", completion: .downloads { $0.status.isRetriable })
  var ids: [String]

  @OptionGroup var options: DeedOptions

  var deed: Deed {
    Deed(
      done: "queued again", wouldBe: "queued again",
      refusal: { $0.whyNotRetried(at: Date()) },
      act: { (board, id) async throws(DownloadFailure) in try await board.retry(id) })
  }
}
