import ArgumentParser
import ComfyAPI
import Downloads

struct ConfigSetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Changes one setting in the config file; comments and order stay.",
    discussion: """
      A wrong value is refused before anything is written. Lists and mappings are
      given as YAML on one line. winch config show lists the settings,
      Docs/Configuration.md explains them.

      Examples:
        winch config set downloads 5
        winch config set theme light
        winch config set profiles.gpu.url https://gpu.example:8189
        winch config set keys.cancel '[d, Del]'
        winch config set limit_schedule '[{from: "08:00", to: "18:00", limit: 5M}]'
      """)

  @Argument(
    help: "The setting, such as downloads or profiles.gpu.url.",
    completion: .list(ConfigFile.options.map(\.name)))
  var key: String

  @Argument(help: "The value.")
  var value: String

  @OptionGroup var output: JSONOption

  func run() throws {
    try ConfigChangeReport.change(key, to: value, json: output.json)
  }
}

struct ConfigUseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "use",
    abstract: "Chooses the backend that is used from now on.",
    discussion: """
      The same as winch config set backend NAME. A single command goes elsewhere
      with --backend.

      Examples:
        winch config use gpu
        winch config use cloud
        winch config use ssh://me@gpu.example
      """)

  @Argument(help: "local, cloud, a profile's name or a URL.", completion: .backends)
  var name: String

  @OptionGroup var output: JSONOption

  func run() throws {
    try ConfigChangeReport.change(ConfigFile.backendOption.name, to: name, json: output.json)
  }
}
