import ArgumentParser
import ComfyAPI
import Downloads
import Interface

struct AssetsShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows all that is known of one stored file.",
    discussion: """
      Examples:
        winch assets show model.safetensors
        winch assets show --json loras/style.safetensors
      """)

  @Argument(
    help: "The file's id, its beginning, or what else means this file alone, such as its name.",
    completion: .storedFile)
  var id: String

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.reachEngine()
    let asset = try await workspace.storedFile(id)
    guard !output.json else {
      return StandardOutput.write(try WireFormat.encodeText(asset.json))
    }
    // Tells where the models folder of the backend is.
    _ = await workspace.refresh()
    let backend = await workspace.board.snapshot.backend
    FactLines.lines(of: asset, at: backend).forEach(StandardOutput.write)
  }
}
