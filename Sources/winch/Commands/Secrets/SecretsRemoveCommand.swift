import ArgumentParser
import ComfyAPI
import ComfyClient
import Downloads

struct SecretsRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Removes a stored token.",
    discussion: """
      Examples:
        winch secrets rm civitai
        winch secrets rm --json work
      """)

  @Argument(
    help: "What it is called, the site it is for, or its id.", completion: .secrets)
  var name: String

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.reachEngine()
    let secrets = try await workspace.secrets()
    guard let secret = secrets.named(name) ?? secrets.first(where: { $0.provider == name }) else {
      let names = secrets.map(\.name).joined(separator: ", ")
      throw CommandExit(
        .badInput, "No token of that name is stored at \(workspace.client.backend.name).",
        names.isEmpty ? "There is none at all." : "There are: \(names).")
    }
    do throws(ClientError) {
      try await workspace.client.deleteSecret(secret.id)
    } catch {
      throw CommandExit(error)
    }
    StandardOutput.write(
      output.json
        ? try WireFormat.encodeText(secret.json)
        : PlainText.sanitized("The token \(secret.name) is removed."))
  }
}
