import ComfyClient
import Downloads
import Foundation

/// Where things are and which backend is meant: read once from the environment and the options.
struct Settings: Sendable {
  let environment: [String: String]
  /// The backend's name or URL from `--backend`; nil leaves it to the environment.
  var backendChoice: String?
  /// The models root from `--models`.
  var modelsChoice: String?

  init(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    backend: String? = nil, models: String? = nil
  ) {
    self.environment = environment
    backendChoice = backend
    modelsChoice = models
  }

  /// The value of a variable; an empty one counts as unset.
  func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  var hosts: SourceHosts {
    get throws(DownloadFailure) { try SourceHosts(environment: environment) }
  }
}
