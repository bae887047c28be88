import ArgumentParser
import ComfyAPI

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Shows and changes the settings, and stores the keys of backends.",
    discussion: """
      Examples:
        winch config login
        pass show comfy | winch config login cloud
        winch config show
        winch config set downloads 5
        winch config use gpu
        winch config edit
      """,
    subcommands: [
      ConfigShowCommand.self, ConfigSetCommand.self, ConfigUnsetCommand.self, ConfigUseCommand.self,
      ConfigEditCommand.self, ConfigPathCommand.self, ConfigLoginCommand.self,
      ConfigLogoutCommand.self,
    ])
}

struct ConfigPathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Prints where the config file is, or would be.",
    discussion: """
      Examples:
        winch config path
        cp "$(winch config path)" backup.yaml
      """)

  @OptionGroup var output: JSONOption

  /// Works without reading the file, which may be what has to be mended.
  func run() throws {
    let settings = Settings.ofEnvironmentAlone
    guard output.json else { return StandardOutput.write(settings.configPath) }
    StandardOutput.write(
      try WireFormat.encodeText([
        "config": settings.configPath, "credentials": settings.credentialsPath,
      ]))
  }
}
