import ArgumentParser

struct AssetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assets",
    abstract: "Works with what the backend has stored.",
    discussion: """
      Examples:
        winch assets ls loras
        winch assets show model.safetensors
      """,
    subcommands: [
      AssetsListCommand.self, AssetsShowCommand.self, AssetsTagCommand.self,
      AssetsMetaCommand.self, AssetsRenameCommand.self, AssetsRemoveCommand.self,
      AssetsScanCommand.self,
    ])
}
