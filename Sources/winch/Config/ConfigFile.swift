import Downloads
import Interface

/// What `config.yaml` says.
struct ConfigFile: Sendable, Equatable {
  /// The backend that is used unless another is asked for.
  var backend: String?
  /// The models root; absolute, or from the home folder with `~/`.
  var models: String?
  /// Connections that one file may have.
  var connections: Int?
  /// Files that are fetched at one time.
  var downloads: Int?
  /// Whether of what has not begun the smaller begins first.
  var smallFilesFirst = false
  /// Limits of all downloads together by the time of day.
  var limitSchedule: [LimitSchedule.Rule] = []
  /// In the file's order; names are unique.
  var profiles: [Profile] = []
  /// Keys of the screen by the names of actions, in place of the usual ones.
  var keys: [String: [KeyPress]] = [:]
  /// The screen's colours, unless `:theme` has chosen others.
  var theme: ThemeName?

  init() {}

  /// - Parameter path: of the file, for errors.
  init(text: String, path: String) throws(ConfigError) {
    guard let root = try YAMLNode(text: text, file: path), !root.isEmpty else { return }
    try ConfigOption.read(Self.options, from: root, into: &self)
    if let choice = try root.members().first(where: { $0.name == Self.backendOption.name }) {
      try checkChoice(choice.value)
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
    guard let backend, !backendNames.contains(backend), BackendTarget.url(backend) == nil else {
      return
    }
    let nearest = NearestName.to(backend, among: backendNames)
    throw node.error(
      "There is no backend \(backend).",
      hint: nearest.map { "Did you mean \($0)?" }
        ?? "Give \(BackendTarget.builtInNames.joined(separator: ", ")), a profile's name or a URL.")
  }
}

/// The table of everything the file can hold.
extension ConfigFile {
  static let options = [
    backendOption, modelsOption, connectionsOption, downloadsOption, smallFilesFirstOption,
    limitScheduleOption, profilesOption, keysOption, themeOption,
  ]

  static let backendOption = ConfigOption<ConfigFile>(
    name: "backend", kind: .backend,
    help: "Where downloads happen: local, cloud, a profile's name, or the URL of an engine.",
    flag: "--backend", environment: ["WINCH_BACKEND"]
  ) { (config, node) throws(ConfigError) in
    config.backend = try node.text()
  }

  static let modelsOption = ConfigOption<ConfigFile>(
    name: "models", kind: .path, help: "The models folder of the local engine.",
    flag: "--models", environment: ["WINCH_MODELS"]
  ) { (config, node) throws(ConfigError) in
    let path = try node.text()
    guard path.hasPrefix("/") || path.hasPrefix("~/") else {
      throw node.error("The path must begin with / or ~/.")
    }
    config.models = path
  }

  static let profilesOption = ConfigOption<ConfigFile>(
    name: "profiles", kind: .mapping, help: "Backends by name, for the option backend."
  ) { (config, node) throws(ConfigError) in
    config.profiles = []
    for (name, value) in try node.members() {
      config.profiles.append(try Profile(name: name, node: value))
    }
  }

  static let keysOption = ConfigOption<ConfigFile>(
    name: "keys", kind: .mapping,
    help: "Keys of the screen by the names of actions, in place of the usual ones."
  ) { (config, node) throws(ConfigError) in
    config.keys = [:]
    for (name, value) in try node.members() {
      guard KeyMap.actionNames.contains(name) else {
        let nearest = NearestName.to(name, among: KeyMap.actionNames)
        throw value.error(
          "There is no such action.",
          hint: nearest.map { "Did you mean \($0)?" } ?? "The help of the screen lists them.")
      }
      config.keys[name] = try keys(value)
    }
  }

  static let themeOption = ConfigOption<ConfigFile>(
    name: "theme", kind: .theme,
    help: "The screen's colours: \(ThemeName.allCases.map(\.rawValue).joined(separator: ", "))."
  ) { (config, node) throws(ConfigError) in
    let name = try node.text()
    guard let theme = ThemeName(rawValue: name) else {
      let names = ThemeName.allCases.map(\.rawValue)
      let nearest = NearestName.to(name, among: names)
      throw node.error(
        "There is no theme \(name).",
        hint: nearest.map { "Did you mean \($0)?" }
          ?? "There are \(names.joined(separator: ", ")).")
    }
    config.theme = theme
  }

  private static func keys(_ node: YAMLNode) throws(ConfigError) -> [KeyPress] {
    var keys: [KeyPress] = []
    for name in try node.texts() {
      guard let key = KeyPress(name: name) else {
        throw node.error(
          "There is no key \(name).",
          hint: "Keys are written d, D, ^D, Space, Enter, Tab, Esc, Up, PgDn, F5.")
      }
      keys.append(key)
    }
    return keys
  }
}
