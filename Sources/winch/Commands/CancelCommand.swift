import ArgumentParser
import ComfyAPI
import Downloads

struct CancelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Cancels downloads; the bytes they have are kept.")

  @Argument(help: "Ids, or their beginnings.", completion: .downloads { $0.status.isCancellable })
  var ids: [String]

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.act(on: ids, json: output.json, done: "cancelled") {
      (id) async throws(DownloadFailure) in
      try await workspace.board.cancel(id)
    }
  }
}
