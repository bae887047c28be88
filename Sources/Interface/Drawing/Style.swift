/// How the text of a cell looks.
public struct Style: Sendable, Hashable {
  public var foreground: Color
  public var background: Color
  public var isBold: Bool
  public var isDim: Bool
  public var isUnderlined: Bool
  public var isReversed: Bool

  public init(
    foreground: Color = .standard, background: Color = .standard, isBold: Bool = false,
    isDim: Bool = false, isUnderlined: Bool = false, isReversed: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.isBold = isBold
    self.isDim = isDim
    self.isUnderlined = isUnderlined
    self.isReversed = isReversed
  }

  /// The terminal's own colours, no attribute.
  public static let standard = Style()
}
