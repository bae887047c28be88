import ComfyAPI
import Downloads
import Interface
import Logging

/// What `config.yaml` says.
struct ConfigFile: Sendable, Equatable {
  /// The backend that is used unless another is asked for.
  var backend: String?
  /// The models root; absolute, or from the home folder with `~/`.
  var models: String?
  /// What ComfyUI is given as `--base-directory`; written as `models`.
  var baseDirectory: String?
  /// Files that say where ComfyUI has more models; each is written as `models`.
  var extraModelPaths: [String] = []
  /// Connections that one file may have.
  var connections: Int?
  /// Files that are fetched at one time.
  var downloads: Int?
  /// Whether of what has not begun the smaller begins first.
  var smallFilesFirst = false
  /// Whether models get the pictures that their sources have of them.
  var previews = true
  /// A ComfyUI that is told of new models.
  var comfyUIURL: HTTPURL?
  /// Limits of all downloads together by the time of day.
  var limitSchedule: [LimitSchedule.Rule] = []
  /// In the file's order; names are unique.
  var profiles: [Profile] = []
  /// Keys of the screen by the names of actions, in place of the usual ones.
  var keys: [String: [KeyPress]] = [:]
  /// The screen's colours, unless `:theme` has chosen others.
  var theme: ThemeName?
  /// What the screen tells of outside of itself, unless `:notify` has chosen otherwise.
  var notifications: NotificationWish?
  /// From which level on the log is written.
  var logLevel: Logger.Level?
  /// What the engine runs when downloads end.
  var hooks: [Hooks.Event: String] = [:]
  /// What the file says of each option, by the option's name.
  private(set) var stated: [String: Stated] = [:]

  /// A value as the file has it.
  struct Stated: Sendable, Equatable {
    /// Where its name stands, counted from 1.
    var line: Int?
    var value: JSONValue
  }

  init() {}

  /// - Parameter path: of the file, for errors.
  init(text: String, path: String) throws(ConfigError) {
    guard let root = try YAMLNode(text: text, file: path), !root.isEmpty else { return }
    try ConfigOption.read(Self.options, from: root, into: &self)
    for (name, value) in try root.members() where !value.isEmpty {
      stated[name] = Stated(line: value.line, value: value.json)
      if name == Self.backendOption.name { try checkChoice(value) }
    }
  }

  /// Reads the file; one that is not there says nothing.
  init(path: String) throws(DownloadFailure) {
    let text = try SettingsFile.text(at: path) ?? ""
    do {
      try self.init(text: text, path: path)
    } catch {
      throw error.failure
    }
  }

  func profile(_ name: String) -> Profile? { profiles.first { $0.name == name } }

  /// Every name that a backend goes by, apart from URLs.
  var backendNames: [String] {
    BackendTarget.builtInNames
      + profiles.map(\.name).filter { !BackendTarget.builtInNames.contains($0) }
  }

  /// The backend must be one that is there, whichever of the two stands first in the file.
  private func checkChoice(_ node: YAMLNode) throws(ConfigError) {
    guard let backend, !backendNames.contains(backend), BackendTarget.place(backend) == nil else {
      return
    }
    let nearest = NearestName.to(backend, among: backendNames)
    throw node.error(
      "There is no backend \(LinkToken.removed(from: backend).link).",
      hint: nearest.map { "Did you mean \($0)?" }
        ?? "Give \(BackendTarget.builtInNames.joined(separator: ", ")), a profile's name or a URL.")
  }
}

/// The table of everything the file can hold.
extension ConfigFile {
  static let options = [
    backendOption, profilesOption, modelsOption, baseDirectoryOption, extraModelPathsOption,
    connectionsOption, downloadsOption,
    smallFilesFirstOption, previewsOption, comfyUIURLOption, limitScheduleOption, themeOption,
    notificationsOption, keysOption,
    onCompleteOption, onFailedOption, onIdleOption, logLevelOption,
  ]

  static let backendOption = ConfigOption<ConfigFile>(
    name: "backend", kind: .backend,
    help: "Where downloads happen: local, cloud, a profile's name, or the URL of an engine:"
      + " https://host:port or ssh://user@host.",
    usualWords: "cloud when there is a key for it, else local", example: "gpu",
    flag: "--backend", environment: ["WINCH_BACKEND"]
  ) { (config, node) throws(ConfigError) in
    config.backend = try node.text()
  }

  static let profilesOption = ConfigOption<ConfigFile>(
    name: "profiles", kind: .mapping, help: "Backends by name, for the option backend.",
    usual: .object([:]), usualWords: "none",
    example: """

      gpu: {url: "https://gpu.example:8189"}
      team: {url: "https://cloud.comfy.org", workspace: WORKSPACE-ID}
      """
  ) { (config, node) throws(ConfigError) in
    config.profiles = []
    for (name, value) in try node.members() {
      config.profiles.append(try Profile(name: name, node: value))
    }
  }
}
