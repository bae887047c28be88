/// Which colours the screen has.
extension State {
  /// What is chosen on the screen, else what the configuration says.
  var themeName: ThemeName { settings.theme ?? configuration.theme }

  /// What `:theme` takes.
  static let themeChoices = ThemeName.allCases.map(\.rawValue) + [asConfigured]

  /// Leaves a choice to the configuration again.
  static let asConfigured = "config"

  mutating func setTheme(_ text: String) -> [Command] {
    guard text == Self.asConfigured || ThemeName(rawValue: text) != nil else {
      let choices = Self.themeChoices.joined(separator: ", ")
      say(
        text.isEmpty
          ? .notice("The theme is \(themeName.rawValue). There are \(choices).")
          : .problem("There is no theme \(text). There are \(choices)."))
      return []
    }
    settings.theme = ThemeName(rawValue: text)
    say(.success("The theme is \(themeName.rawValue)."))
    return [.saveSettings(settings)]
  }

  var whyNotTheme: String? {
    capabilities.colors >= 8
      ? nil : "There are no colours to choose: the terminal has none, or NO_COLOR is set."
  }
}
