import ArgumentParser
import ComfyAPI

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Shows the settings, and stores the keys of backends.",
    discussion: """
      Examples:
        winch config login
        pass show comfy | winch config login cloud
        winch config show
        ${EDITOR:-vi} "$(winch config path)"
      """,
    subcommands: [
      ConfigLoginCommand.self, ConfigLogoutCommand.self, ConfigShowCommand.self,
      ConfigPathCommand.self,
    ])
}

struct ConfigPathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Prints where the config file is, or would be.")

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
