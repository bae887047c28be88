import ArgumentParser

struct SecretsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secrets",
    abstract: "Works with the tokens of Hugging Face and Civitai that the backend keeps.",
    discussion: """
      Examples:
        winch secrets ls
      """,
    subcommands: [
      SecretsListCommand.self, SecretsSetCommand.self, SecretsRemoveCommand.self,
    ])
}
