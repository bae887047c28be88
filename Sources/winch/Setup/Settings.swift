import Downloads
import Foundation

/// Where things are and which backend is meant: read once from the command line's options, the
/// environment and `config.yaml`, of which the earlier wins.
struct Settings: Sendable {
  let environment: [String: String]
  /// The backend from `--backend`; nil leaves it to the environment and the file.
  let backendChoice: String?
  /// The models root from `--models`.
  let modelsChoice: String?
  let engineChoices: EngineChoices
  let config: ConfigFile

  init(
    environment: [String: String], backend: String? = nil, models: String? = nil,
    engine: EngineChoices = EngineChoices(), config: ConfigFile
  ) {
    self.environment = environment
    backendChoice = backend
    modelsChoice = models
    engineChoices = engine
    self.config = config
  }

  /// Reads `config.yaml`, which need not be there.
  init(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    backend: String? = nil, models: String? = nil, engine: EngineChoices = EngineChoices()
  ) throws(DownloadFailure) {
    let paths = Settings(environment: environment, config: ConfigFile())
    self.init(
      environment: environment, backend: backend, models: models, engine: engine,
      config: try ConfigFile(path: paths.configPath))
  }

  /// The same with what the file says now.
  func reread() throws(DownloadFailure) -> Settings {
    try Settings(
      environment: environment, backend: backendChoice, models: modelsChoice, engine: engineChoices)
  }

  /// Without the file: for what must work when the file is wrong.
  static var ofEnvironmentAlone: Settings {
    Settings(environment: ProcessInfo.processInfo.environment, config: ConfigFile())
  }

  /// The value of a variable; an empty one counts as unset.
  func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The value that wins, and where it was set; nil where it is set nowhere.
  ///
  /// - Parameters:
  ///   - given: what the command line says.
  ///   - kept: what the file says.
  func resolve<Target>(
    _ option: ConfigOption<Target>, given: String? = nil, kept: String?
  ) -> Sourced<String>? {
    if let given, let flag = option.flag { return Sourced(given, .flag(flag)) }
    for name in option.environment {
      if let value = variable(name) { return Sourced(value, .environment(name)) }
    }
    return kept.map { Sourced($0, .file(configPath, line: config.stated[option.name]?.line)) }
  }

  var hosts: SourceHosts {
    get throws(DownloadFailure) { try SourceHosts(environment: environment) }
  }
}
