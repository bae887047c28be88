import Foundation

/// Files, after the XDG base directory specification.
extension Settings {
  var journalPath: String { stateFolder + "/journal.sqlite" }
  var logPath: String { stateFolder + "/log" }
  var databasePath: String { dataFolder + "/engine.sqlite" }
  /// Tokens that clients have stored with the engine.
  var secretsPath: String { dataFolder + "/secrets.json" }
  /// The key that programs need to reach an engine over TCP.
  var engineKeyPath: String { configFolder + "/engine-key" }

  /// The engine's socket: `WINCH_SOCKET`, else in the runtime folder, which logins share.
  var socketPath: String {
    if let path = variable("WINCH_SOCKET") { return path }
    if let runtime = variable("XDG_RUNTIME_DIR") { return runtime + "/winch/engine.sock" }
    return stateFolder + "/engine.sock"
  }

  /// The folder that ComfyUI reads models from: `--models`, `WINCH_MODELS`, an installation in the
  /// usual places, else a folder of our own.
  var modelsRoot: String {
    if let chosen = modelsChoice ?? variable("WINCH_MODELS") { return absolute(chosen) }
    let usual = [home + "/ComfyUI/models", home + "/comfy/ComfyUI/models"]
    return usual.first(where: isFolder) ?? dataFolder + "/models"
  }

  private var stateFolder: String { folder("XDG_STATE_HOME", ".local/state") }
  private var dataFolder: String { folder("XDG_DATA_HOME", ".local/share") }
  private var configFolder: String { folder("XDG_CONFIG_HOME", ".config") }

  var home: String { variable("HOME") ?? NSHomeDirectory() }

  private func folder(_ name: String, _ usual: String) -> String {
    (variable(name) ?? home + "/" + usual) + "/winch"
  }

  private func absolute(_ path: String) -> String {
    let expanded = path.hasPrefix("~/") ? home + path.dropFirst() : path
    return URL(filePath: expanded).standardizedFileURL.path(percentEncoded: false)
  }

  private func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }
}
