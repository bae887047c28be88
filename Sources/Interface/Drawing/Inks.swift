/// The colours of a theme, each readable on its background: a contrast of 4.5 at least (WCAG 2.2,
/// 1.4.3) where the colours are the theme's own.
struct Inks {
  /// A colour where there are 256 or more, and the nearest of the eight, whose shades are the user's.
  struct Ink {
    let rich: Color
    let basic: Color

    init(_ rich: UInt32, _ basic: Color) {
      self.rich = .rgb(rich)
      self.basic = basic
    }

    /// The terminal's own shade, however many colours it has.
    init(_ basic: Color) {
      rich = basic
      self.basic = basic
    }
  }

  let good: Ink
  let active: Ink
  let warning: Ink
  let bad: Ink
  let faint: Color

  init(_ hues: ThemeName.Hues, on background: Background) {
    switch (hues, background) {
    case (.usual, .dark), (.none, _): self = .usualOnDark
    case (.usual, .light): self = .usualOnLight
    case (.blueAndOrange, .dark): self = .blueAndOrangeOnDark
    case (.blueAndOrange, .light): self = .blueAndOrangeOnLight
    }
  }

  private init(good: Ink, active: Ink, warning: Ink, bad: Ink, faint: Color) {
    self.good = good
    self.active = active
    self.warning = warning
    self.bad = bad
    self.faint = faint
  }

  private static let usualOnDark = Inks(
    good: Ink(.green), active: Ink(.cyan), warning: Ink(.yellow), bad: Ink(.red),
    faint: .palette(245))

  /// The yellow and cyan of most schemes cannot be read on white.
  private static let usualOnLight = Inks(
    good: Ink(0x006F00, .green), active: Ink(0x005F87, .blue), warning: Ink(0x875F00, .magenta),
    bad: Ink(0xAF0000, .red), faint: .palette(241))

  /// From the set that Okabe and Ito made to be told apart by everybody (Color Universal Design).
  private static let blueAndOrangeOnDark = Inks(
    good: Ink(0x56B4E9, .cyan), active: Ink(0xCC79A7, .white), warning: Ink(0xF0E442, .magenta),
    bad: Ink(0xE66F00, .yellow), faint: .palette(245))

  /// The same set, darkened.
  private static let blueAndOrangeOnLight = Inks(
    good: Ink(0x0065A0, .blue), active: Ink(0x8F3F6F, .black), warning: Ink(0x6F6000, .magenta),
    bad: Ink(0xB04500, .red), faint: .palette(241))
}
