import ArgumentParser

struct AssetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assets",
    abstract: "Works with what the backend has stored.",
    subcommands: [AssetsScanCommand.self])
}
