import Downloads
import Interface

/// What the file says of the screen.
extension ConfigFile {
  static let themeOption = ConfigOption<ConfigFile>(
    name: "theme", kind: .choice,
    help: "The screen's colours: \(words(ThemeName.self)). What :theme has chosen wins.",
    usual: "auto", example: "light", effect: .screen
  ) { (config, node) throws(ConfigError) in
    config.theme = try choice(node, "theme")
  }

  static let notificationsOption = ConfigOption<ConfigFile>(
    name: "notifications", kind: .choice,
    help: "What the terminal's bell and the desktop tell of: \(words(NotificationWish.self)), that"
      + " is each end, the queue's, or none. What :notify has chosen wins.",
    usual: "each", example: "queue", effect: .screen
  ) { (config, node) throws(ConfigError) in
    config.notifications = try choice(node, "kind of notifications")
  }

  static let keysOption = ConfigOption<ConfigFile>(
    name: "keys", kind: .mapping,
    help: "Keys of the screen by the names of actions, in place of the usual ones.",
    usual: .object([:]), usualWords: "those of Docs/Keys.md",
    example: """

      retry: F5
      cancel: [d, Del]
      edit: []   # no key
      """, effect: .screen
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

  /// What the screen gets of it.
  var screen: ScreenConfiguration {
    ScreenConfiguration(
      theme: theme ?? .auto, notifications: notifications ?? .each, keys: KeyMap(changes: keys))
  }

  /// Whether the screen gets the same of both.
  func screenEquals(_ other: ConfigFile) -> Bool {
    theme == other.theme && notifications == other.notifications && keys == other.keys
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

/// Options that take one of some words.
extension ConfigFile {
  typealias Word = RawRepresentable<String> & CaseIterable

  static func words<Choice: Word>(_ type: Choice.Type) -> String {
    type.allCases.map(\.rawValue).joined(separator: ", ")
  }

  /// - Parameter kind: what it is one of, as in “There is no theme …”.
  static func choice<Choice: Word>(_ node: YAMLNode, _ kind: String) throws(ConfigError) -> Choice {
    let word = try node.text()
    if let choice = Choice(rawValue: word) { return choice }
    let nearest = NearestName.to(word, among: Choice.allCases.map(\.rawValue))
    throw node.error(
      "There is no \(kind) \(word).",
      hint: nearest.map { "Did you mean \($0)?" } ?? "There are \(words(Choice.self)).")
  }
}
