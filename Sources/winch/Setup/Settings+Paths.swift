import Foundation

/// Files, after the XDG base directory specification.
extension Settings {
  var journalPath: String { stateFolder + "/journal.sqlite" }
  var logPath: String { stateFolder + "/log" }
  var databasePath: String { dataFolder + "/engine.sqlite" }
  /// Tokens that clients have stored with the engine.
  var secretsPath: String { dataFolder + "/secrets.json" }
  var configPath: String { configFolder + "/config.yaml" }
  /// The keys of backends that `winch config login` has stored.
  var credentialsPath: String { configFolder + "/credentials.yaml" }
  /// The key that programs need to reach an engine over TCP.
  var engineKeyPath: String { configFolder + "/engine-key" }

  /// The engine's socket: `WINCH_SOCKET`, else in the runtime folder, which logins share.
  var socketPath: String {
    if let path = variable("WINCH_SOCKET") { return path }
    if let runtime = variable("XDG_RUNTIME_DIR") { return runtime + "/winch/engine.sock" }
    return stateFolder + "/engine.sock"
  }

  var modelsRoot: String { chosenModelsRoot.value }

  /// The folder that ComfyUI reads models from: `--models`, `WINCH_MODELS`, the file, an
  /// installation in the usual places, comfy-cli's workspace, else a folder of our own. A running
  /// ComfyUI is not asked: files would go elsewhere whenever it does not run.
  var chosenModelsRoot: Sourced<String> {
    let choice = resolve(ConfigFile.modelsOption, given: modelsChoice, kept: config.models)
    if let choice { return Sourced(absolute(choice.value), choice.source) }
    if let base = baseDirectory {
      let line = config.stated[ConfigFile.baseDirectoryOption.name]?.line
      return Sourced(base + "/models", .file(configPath, line: line))
    }
    return Sourced(
      installations.first.map { $0.path + "/models" } ?? dataFolder + "/models", .builtIn)
  }

  private var stateFolder: String { folder("XDG_STATE_HOME", ".local/state") }
  private var dataFolder: String { folder("XDG_DATA_HOME", ".local/share") }
  private var configFolder: String { folder("XDG_CONFIG_HOME", ".config") }

  var home: String { variable("HOME") ?? NSHomeDirectory() }

  private func folder(_ name: String, _ usual: String) -> String {
    (variable(name) ?? home + "/" + usual) + "/winch"
  }

  func absolute(_ path: String) -> String {
    let expanded = path.hasPrefix("~/") ? home + path.dropFirst() : path
    return URL(filePath: expanded).standardizedFileURL.path(percentEncoded: false)
  }
}
