import ArgumentParser
import ComfyAPI
import ComfyClient
import Downloads

struct AssetsRenameCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename",
    abstract: "Gives a stored file another name in lists; the file keeps its own.",
    discussion: """
      Workflows name models by their files, so these stay where they are.

      Examples:
        winch assets rename old.safetensors 'The one before'
      """)

  @Argument(
    help: "The file's id, its beginning, or what else means this file alone, such as its name.",
    completion: .storedFile)
  var id: String

  @Argument(help: "What it is called from now on.")
  var name: String

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let name = name.trimmingSpaces()
    guard !name.isEmpty, PlainText.sanitized(name) == name else {
      throw CommandExit(.badInput, "A name is not empty, and has no control characters.")
    }
    let workspace = try await backend.workspace()
    try await workspace.reachEngine()
    let asset = try await workspace.storedFile(id)
    let renamed: LibraryAsset
    do throws(ClientError) {
      _ = try await workspace.client.update(asset.id, AssetUpdate(name: name))
      renamed = LibraryAsset(try await workspace.client.asset(asset.id))
    } catch  where error.code == "INVALID_NAME" {
      throw CommandExit(.badInput, DownloadFailure(error))
    } catch {
      throw CommandExit(error)
    }
    StandardOutput.write(
      output.json
        ? try WireFormat.encodeText(renamed.json)
        : "\(asset.name) is called \(renamed.name) from now on; its file keeps its name.")
  }
}
