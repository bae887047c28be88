import ArgumentParser
import ComfyAPI
import Downloads
import Model

struct CancelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Cancels downloads; the bytes they have are kept.",
    discussion: """
      Examples:
        winch cancel --dry-run 3f2a
        winch cancel 3f2a 91c0
      """)

  @Argument(help: "Ids, or their beginnings.", completion: .downloads { $0.status.isCancellable })
  var ids: [String]

  @Flag(help: "Only say what would be done.")
  var dryRun = false

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    guard !dryRun else {
      return try await workspace.rehearse(
        on: ids, json: output.json, wouldBe: "cancelled", refusal: \.whyNotCancelled)
    }
    try await workspace.act(on: ids, json: output.json, done: "cancelled") {
      (id) async throws(DownloadFailure) in
      try await workspace.board.cancel(id)
    }
  }
}
