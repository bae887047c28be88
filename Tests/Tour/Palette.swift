import Foundation

/// The colours that a style comes to, those of a dark terminal, as SVG writes them.
struct ColoredLook: Equatable {
  let foreground: String
  /// Nil where the picture's own shows.
  let background: String?
  let isBold: Bool
  let isUnderlined: Bool

  init(_ style: TextStyle) {
    let front = Palette.color(style.foreground) ?? Palette.standardForeground
    let back = Palette.color(style.background)
    let dimmed = style.isDim && style.foreground == .standard ? Palette.dimmed : front
    foreground = style.isReversed ? back ?? Palette.standardBackground : dimmed
    background = style.isReversed ? dimmed : back
    isBold = style.isBold
    isUnderlined = style.isUnderlined
  }
}

enum Palette {
  static let standardForeground = "#d7dae0"
  static let standardBackground = "#1c1f26"
  static let dimmed = "#8a8a8a"

  private static let sixteen = [
    "#1c1f26", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0",
    "#8a8a8a", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#ffffff",
  ]

  /// Nil for what the terminal uses when nothing is said.
  static func color(_ paint: Paint) -> String? {
    switch paint {
    case .standard: nil
    case .palette(let number) where sixteen.indices.contains(number): sixteen[number]
    case .palette(let number) where number >= 232: hex([8 + 10 * (min(number, 255) - 232)])
    case .palette(let number):
      hex(
        [(number - 16) / 36, (number - 16) / 6 % 6, (number - 16) % 6].map {
          [0, 95, 135, 175, 215, 255][$0]
        })
    case .rgb(let red, let green, let blue): hex([red, green, blue])
    }
  }

  /// One part stands for a grey.
  private static func hex(_ parts: [Int]) -> String {
    let all = parts.count == 1 ? [parts[0], parts[0], parts[0]] : parts
    return "#" + all.map { String(format: "%02x", $0 & 0xFF) }.joined()
  }
}
