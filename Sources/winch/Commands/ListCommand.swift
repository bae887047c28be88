import ArgumentParser
import ComfyAPI
import Downloads

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "Lists the downloads, oldest first.")

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    let isOnline = await workspace.refresh()
    let downloads = await workspace.board.snapshot.downloads
    if output.json {
      let list = JSONValue.object(["downloads": .array(downloads.map(\.json))])
      StandardOutput.write(try WireFormat.encodeText(list))
    } else {
      PlainList.lines(downloads).forEach(StandardOutput.write)
    }
    guard !isOnline, workspace.client.backend.name != "local" else { return }
    throw await workspace.exitWithoutBackend(
      CommandExit(.unavailable, "The backend does not answer; this is what was known last."))
  }
}
