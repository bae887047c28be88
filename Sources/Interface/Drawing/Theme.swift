/// The screen's few styles. Colour only ever repeats what a word or a mark says.
struct Theme: Sendable, Equatable {
  let title: Style
  let heading: Style
  let faint: Style
  let good: Style
  let active: Style
  let warning: Style
  let bad: Style
  let plain = Style.standard

  init(_ name: ThemeName = .auto, _ capabilities: Capabilities) {
    let hasColors = capabilities.colors >= 8 && name.hues != .none
    let hasManyColors = capabilities.colors >= 256
    let inks = Inks(name.hues, on: name.background ?? capabilities.background ?? .dark)
    func color(_ ink: Inks.Ink) -> Color {
      hasColors ? (hasManyColors ? ink.rich : ink.basic) : .standard
    }
    title = Style(isBold: true)
    heading = Style(foreground: color(inks.active), isBold: true)
    good = Style(foreground: color(inks.good))
    active = Style(foreground: color(inks.active))
    warning = Style(foreground: color(inks.warning))
    bad = Style(foreground: color(inks.bad), isBold: true)
    // The grey of 16 colours is the background itself in some schemes.
    faint =
      hasColors && hasManyColors
      ? Style(foreground: inks.faint) : Style(isDim: hasColors)
  }
}
