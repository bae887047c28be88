import ArgumentParser
import ComfyAPI
import Downloads
import Model

/// The options of every command that does something to downloads, or changes stored files.
struct DeedOptions: ParsableArguments {
  @Flag(help: "Only say what would be done.")
  var dryRun = false

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption
}

/// What a command does to each download that is named.
struct Deed {
  /// What is said of each when it is done.
  var done: String
  /// What would be done, as in “would be …”.
  var wouldBe: String
  /// What the backend must be able to do, and the words for that in “cloud cannot …”; nil for what each
  /// can.
  var need: (ability: BackendState.Ability, words: String)?
  /// Why a download would be left as it is; nil where it would not.
  var refusal: (Download) -> DownloadFailure?
  var act: (Board, Download.ID) async throws(DownloadFailure) -> Void
}

/// A command that does one thing to downloads, or only says what it would do.
protocol DownloadsCommand: AsyncParsableCommand {
  /// Ids, or their beginnings.
  var ids: [String] { get }
  var options: DeedOptions { get }
  var deed: Deed { get }
}

extension DownloadsCommand {
  func run() async throws {
    let workspace = try await options.backend.workspace()
    guard !options.dryRun else {
      return try await workspace.rehearse(deed, on: ids, json: options.output.json)
    }
    try await workspace.carryOut(deed, on: ids, json: options.output.json)
  }
}
