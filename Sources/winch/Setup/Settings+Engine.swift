import Downloads
import Engine

/// How much the local engine does at one time: from the command line, the environment, the file.
extension Settings {
  /// Connections that one file may have.
  var connections: Sourced<Int> {
    get throws(DownloadFailure) {
      try number(
        ConfigFile.connectionsOption, given: engineChoices.connections, kept: config.connections,
        in: ConfigFile.connectionsRange, usual: EngineConfiguration.usualConnections)
    }
  }

  /// Files that are fetched at one time.
  var downloads: Sourced<Int> {
    get throws(DownloadFailure) {
      try number(
        ConfigFile.downloadsOption, given: engineChoices.downloads, kept: config.downloads,
        in: ConfigFile.downloadsRange, usual: EngineConfiguration.usualDownloads)
    }
  }

  /// The ComfyUI that is told of new models.
  ///
  /// - Throws: `INVALID_CONFIG` for a value of the environment that is no address.
  var comfyUIURL: HTTPURL? {
    get throws(DownloadFailure) {
      guard let given = resolve(ConfigFile.comfyUIURLOption, kept: nil) else {
        return config.comfyUIURL
      }
      guard let url = ConfigFile.comfyUIURL(given.value) else {
        throw DownloadFailure(
          code: "INVALID_CONFIG", message: "\(given.source) takes an http or https URL.")
      }
      return url
    }
  }

  /// What the engine of this machine works on.
  var engineConfiguration: EngineConfiguration {
    get throws(DownloadFailure) {
      EngineConfiguration(
        modelsRoot: modelsRoot, databasePath: databasePath,
        simultaneousDownloads: try downloads.value, connections: try connections.value,
        limitSchedule: LimitSchedule(rules: config.limitSchedule),
        smallFilesFirst: config.smallFilesFirst, version: Version.text,
        hubCache: HubCache.usualPath(environment: environment, home: home),
        previews: config.previews)
    }
  }

  /// - Throws: `INVALID_CONFIG` for a value of the command line or the environment that is none.
  private func number(
    _ option: ConfigOption<ConfigFile>, given: String?, kept: Int?, in range: ClosedRange<Int>,
    usual: Int
  ) throws(DownloadFailure) -> Sourced<Int> {
    guard let choice = resolve(option, given: given, kept: kept.map(String.init)) else {
      return Sourced(usual, .builtIn)
    }
    guard let number = Int(choice.value), range.contains(number) else {
      throw DownloadFailure(
        code: "INVALID_CONFIG",
        message: "\(choice.source) takes a number from \(range.lowerBound) to"
          + " \(range.upperBound).")
    }
    return Sourced(number, choice.source)
  }
}

/// What `winch serve` was given for the engine.
struct EngineChoices: Sendable, Equatable {
  var connections: String?
  var downloads: String?
}
