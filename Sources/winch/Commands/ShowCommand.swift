import ArgumentParser
import ComfyAPI
import Downloads
import Foundation
import Interface

struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows all that is known of one download.",
    discussion: """
      Examples:
        winch show 3f2a
        winch show --json 3f2a
      """)

  @Argument(help: "The download's id, or its beginning.", completion: .downloads())
  var id: String

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    _ = await workspace.refresh()
    let download = try await workspace.find(id)
    if output.json {
      StandardOutput.write(try WireFormat.encodeText(download.json))
    } else {
      let backend = await workspace.board.snapshot.backend
      FactLines.lines(of: download, at: backend, now: Date()).forEach(StandardOutput.write)
    }
  }
}
