/// A theme by the name that the configuration and `:theme` take.
public enum ThemeName: String, Sendable, Codable, CaseIterable {
  /// The usual colours, for what the background is found to be.
  case auto
  case dark
  case light
  /// Blue and orange in place of green and red, which many people cannot tell apart.
  case colorblind
  case colorblindDark = "colorblind-dark"
  case colorblindLight = "colorblind-light"
  /// No colours: bold, underlined and reversed text alone.
  case mono
}

extension ThemeName {
  enum Hues { case usual, blueAndOrange, none }

  var hues: Hues {
    switch self {
    case .auto, .dark, .light: .usual
    case .colorblind, .colorblindDark, .colorblindLight: .blueAndOrange
    case .mono: .none
    }
  }

  /// Nil where the terminal decides.
  var background: Background? {
    switch self {
    case .dark, .colorblindDark: .dark
    case .light, .colorblindLight: .light
    case .auto, .colorblind, .mono: nil
    }
  }
}
