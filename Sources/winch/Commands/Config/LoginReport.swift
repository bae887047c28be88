import ComfyClient
import Downloads

/// What a login says when it is done.
struct LoginReport {
  let settings: Settings
  let target: BackendTarget
  let key: APIKey

  var lines: [String] {
    ["The key for \(target.name) is stored in \(settings.credentialsPath)."]
      + [consequence].compactMap { $0 }
  }

  /// Another key in the environment wins, which would be hard to find out.
  var warnings: [String] {
    guard let other = settings.keyOfEnvironment(for: target), other.value != key else { return [] }
    return ["\(other.source) holds another key, which is used as long as it is set."]
  }

  /// Where downloads go from now on.
  private var consequence: String? {
    guard let chosen = try? settings.chosenBackend,
      let target = try? settings.target(named: chosen.value)
    else { return nil }
    guard target == self.target else { return "Use it with --backend \(self.target.name)." }
    guard target.name == BackendTarget.cloudName, chosen.source == .builtIn else { return nil }
    return "Downloads go to Comfy Cloud now. For this machine use --backend local, or write"
      + " “backend: local” to \(settings.configPath)."
  }
}
