import ArgumentParser
import ComfyAPI
import Downloads

struct SecretsListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "Lists the stored tokens, without their values.",
    discussion: """
      Nobody can read a value again, not even with --json.

      Examples:
        winch secrets ls
        winch secrets ls --json
      """)

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    let workspace = try await backend.workspace()
    try await workspace.reachEngine()
    let secrets = try await workspace.secrets()
    guard !output.json else {
      let list = JSONValue.object(["data": .array(secrets.map(\.json))])
      return StandardOutput.write(try WireFormat.encodeText(list))
    }
    let names = secrets.map { PlainText.sanitized($0.name) }
    let sites = secrets.map { PlainText.sanitized($0.provider ?? "-") }
    let widths = [names, sites].map { $0.map(\.count).max() ?? 0 }
    for ((name, site), secret) in zip(zip(names, sites), secrets) {
      let day = Timestamp.text(from: secret.updatedAt).prefix(10)
      StandardOutput.write(
        Self.padded(name, widths[0]) + Self.padded(site, widths[1]) + "set \(day)")
    }
    if secrets.isEmpty {
      StandardError.write("No token is stored at \(workspace.client.backend.name).")
      StandardError.write("winch secrets set huggingface stores one.")
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: width - text.count + 2)
  }
}
