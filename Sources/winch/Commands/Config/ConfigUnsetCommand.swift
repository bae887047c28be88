import ArgumentParser

struct ConfigUnsetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unset",
    abstract: "Takes one setting out of the config file, so that its default holds again.",
    discussion: """
      Comments and order stay. A profile goes with all that is set in it.

      Examples:
        winch config unset limit_schedule
        winch config unset profiles.gpu
      """)

  @Argument(
    help: "The setting, such as downloads or profiles.gpu.url.",
    completion: .list(ConfigFile.options.map(\.name)))
  var key: String

  @OptionGroup var output: JSONOption

  func run() throws { try ConfigChangeReport.change(key, to: nil, json: output.json) }
}
