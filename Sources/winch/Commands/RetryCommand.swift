import ArgumentParser
import ComfyAPI
import Downloads
import Foundation
import Model

struct RetryCommand: AsyncParsableCommand {
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

  @Flag(help: "Only say what would be done.")
  var dryRun = false

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    guard !dryRun else {
      return try await workspace.rehearse(
        on: ids, json: output.json, wouldBe: "queued again",
        refusal: { $0.whyNotRetried(at: Date()) })
    }
    try await workspace.act(on: ids, json: output.json, done: "queued again") {
      (id) async throws(DownloadFailure) in
      try await workspace.board.retry(id)
    }
  }
}
