import ComfyAPI
import Downloads

/// Every option as it holds.
extension Settings {
  /// The value of an option, and where it was set.
  ///
  /// - Throws: `INVALID_CONFIG` for a value of the command line or the environment that is none.
  func setting(_ option: ConfigOption<ConfigFile>) throws(DownloadFailure) -> Sourced<JSONValue> {
    switch option.name {
    case ConfigFile.backendOption.name: return Self.text(try chosenBackend)
    case ConfigFile.modelsOption.name: return Self.text(chosenModelsRoot)
    case ConfigFile.connectionsOption.name: return Self.number(try connections)
    case ConfigFile.downloadsOption.name: return Self.number(try downloads)
    case ConfigFile.logLevelOption.name:
      let level = try logLevel
      return Sourced(.string(level.value.rawValue), level.source)
    default:
      if let given = resolve(option, kept: nil) { return Self.text(given) }
      guard let stated = config.stated[option.name] else { return Sourced(option.usual, .builtIn) }
      return Sourced(stated.value, .file(configPath, line: stated.line))
    }
  }

  private static func text(_ setting: Sourced<String>) -> Sourced<JSONValue> {
    Sourced(.string(setting.value), setting.source)
  }

  private static func number(_ setting: Sourced<Int>) -> Sourced<JSONValue> {
    Sourced(.integer(Int64(setting.value)), setting.source)
  }
}
