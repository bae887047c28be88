/// The screen's few styles. Colour only ever repeats what a word or a mark says.
struct Theme: Sendable {
  let title: Style
  let heading: Style
  let faint: Style
  let good: Style
  let active: Style
  let warning: Style
  let bad: Style
  let plain = Style.standard

  init(_ capabilities: Capabilities) {
    let hasColors = capabilities.colors >= 8
    func color(_ color: Color) -> Color { hasColors ? color : .standard }
    title = Style(isBold: true)
    heading = Style(foreground: color(.cyan), isBold: true)
    faint = Self.faint(colors: capabilities.colors)
    good = Style(foreground: color(.green))
    active = Style(foreground: color(.cyan))
    warning = Style(foreground: color(.yellow))
    bad = Style(foreground: color(.red), isBold: true)
  }

  private static func faint(colors: Int) -> Style {
    switch colors {
    case 256...: Style(foreground: .palette(245))
    case 8...: Style(isDim: true)
    default: .standard
    }
  }
}
