import Downloads
import Logging

/// What the file says of the log.
extension ConfigFile {
  static let logLevelOption = ConfigOption<ConfigFile>(
    name: "log_level", kind: .choice,
    help: "From which level on the engine and the screen write to the log:"
      + " \(words(Logger.Level.self)).",
    usual: "info", example: "debug", effect: .engineAndScreen, environment: ["WINCH_LOG"]
  ) { (config, node) throws(ConfigError) in
    config.logLevel = try choice(node, "level")
  }
}

extension Settings {
  /// From which level on the log is written.
  ///
  /// - Throws: `INVALID_CONFIG` for a value of the environment that is none.
  var logLevel: Sourced<Logger.Level> {
    get throws(DownloadFailure) {
      let choice = resolve(ConfigFile.logLevelOption, kept: config.logLevel?.rawValue)
      guard let choice else { return Sourced(.info, .builtIn) }
      guard let level = Logger.Level(rawValue: choice.value) else {
        throw DownloadFailure(
          code: "INVALID_CONFIG",
          message: "\(choice.source) takes one of \(ConfigFile.words(Logger.Level.self)).")
      }
      return Sourced(level, choice.source)
    }
  }
}
