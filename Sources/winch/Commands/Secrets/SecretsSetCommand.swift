import ArgumentParser
import ComfyAPI
import ComfyClient
import Downloads

struct SecretsSetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Stores a token at the backend, or replaces it.",
    discussion: """
      The token is asked for without showing it, or read from standard input; it
      is never taken from the command line, which others can see. An engine
      keeps it in a file that only its owner can read. What stands in the
      environment of an engine, such as HF_TOKEN, comes before it.

      Examples:
        winch secrets set huggingface
        pass show civitai | winch secrets set civitai
        pass show work | winch secrets set work --provider huggingface
      """)

  @Argument(
    help: "What the token is called: huggingface, civitai, or another name with --provider.",
    completion: .secretNames)
  var name: String

  @Option(
    help: ArgumentHelp("The site it is for: huggingface or civitai.", valueName: "site"),
    completion: .sites)
  var provider: String?

  // Else the library would repeat what it did not expect.
  @Argument(help: .hidden)
  var rest: [String] = []

  @OptionGroup var backend: BackendOptions
  @OptionGroup var output: JSONOption

  func run() async throws {
    guard rest.isEmpty, !Self.looksLikeToken(name) else {
      throw CommandExit(
        .usage, "A token does not belong on the command line, where others can see it.",
        "Make a new one, then run winch secrets set huggingface and paste it when asked.")
    }
    let workspace = try await backend.workspace()
    let client = workspace.client
    do throws(ClientError) {
      try client.backend.address.checkMayCarryKey()
    } catch {
      throw CommandExit(error)
    }
    try await workspace.reachEngine()
    let secrets = try await workspace.secrets()
    let site = try await site(client)
    let present = secrets.named(name) ?? secrets.first { site == name && $0.provider == site }
    guard present != nil || site != nil else {
      throw CommandExit(
        .usage, "Nothing tells which site \(name) is for.",
        "Say it: winch secrets set \(name) --provider huggingface.")
    }
    if let present, let site = provider, present.provider != site {
      throw CommandExit(
        .badInput, "\(present.name) is for \(present.provider ?? "no site"), which stays so.",
        "Remove it first: winch secrets rm \(present.name).")
    }
    let key = try await KeyInput(prompt: "Token for \(name): ", noun: "token").read()
    let stored: SecretResponse
    do throws(ClientError) {
      if let present {
        stored = try await client.updateSecret(
          present.id, UpdateSecretRequest(secretValue: key.value))
      } else {
        stored = try await client.createSecret(
          CreateSecretRequest(name: name, secretValue: key.value, provider: site))
      }
    } catch {
      throw exit(error, secrets, site)
    }
    report(stored, workspace)
  }

  /// How the tokens of Hugging Face begin, and what those of Civitai are.
  private static func looksLikeToken(_ name: String) -> Bool {
    name.hasPrefix("hf_") || (name.utf8.count >= 32 && name.allSatisfy(\.isHexDigit))
  }

  /// The site that was said, or that the name is; nil where nothing tells.
  private func site(_ client: ComfyClient) async throws -> String? {
    let known: [String]
    do throws(ClientError) {
      known = try await client.secretProviders().map(\.id)
    } catch {
      throw CommandExit(error)
    }
    guard let provider else { return known.contains(name) ? name : nil }
    guard known.contains(provider) else {
      let names = known.map(PlainText.sanitized).joined(separator: ", ")
      throw CommandExit(
        .badInput, "\(client.backend.name) keeps no tokens for \(provider).",
        NearestName.to(provider, among: known).map { "Did you mean \($0)?" }
          ?? "It keeps those for \(names).")
    }
    return provider
  }

  private func exit(
    _ error: ClientError, _ secrets: [SecretResponse], _ site: String?
  ) -> CommandExit {
    guard error.code == "DUPLICATE_PROVIDER",
      let other = secrets.first(where: { $0.provider == site })
    else { return CommandExit(error) }
    return CommandExit(
      .badInput, "There is a token for \(site ?? "") already: \(other.name).",
      "winch secrets set \(other.name) replaces it.")
  }

  private func report(_ stored: SecretResponse, _ workspace: Workspace) {
    let place = workspace.client.backend.name
    StandardOutput.write(
      output.json
        ? (try? WireFormat.encodeText(stored.json)) ?? ""
        : PlainText.sanitized("The token \(stored.name) is stored at \(place)."))
    guard workspace.isLocal else { return }
    let variables = ["huggingface": "HF_TOKEN", "civitai": "CIVITAI_API_TOKEN"]
    if let variable = variables[stored.provider ?? ""],
      workspace.settings.variable(variable) != nil
    {
      StandardError.write("\(variable) is set, and an engine that was started with it uses that.")
    }
  }
}
