/// What the terminal can show and do.
public struct Capabilities: Sendable, Hashable {
  /// False in a locale without UTF-8: only ASCII is drawn.
  public var isUnicode: Bool
  /// Number of colours: 8, 16, 256, or all of 24 bits; 0 when it has none or the user set
  /// `NO_COLOR`.
  public var colors: Int
  /// Nil while it is not known.
  public var background: Background?
  /// Whether clicks and the wheel can be told.
  public var hasMouse: Bool
  /// Whether text can be put into the clipboard of the machine that the user sits at (OSC 52). Many
  /// terminals ask the user, or refuse, without telling.
  public var hasClipboard: Bool

  public init(
    isUnicode: Bool = true, colors: Int = 256, background: Background? = nil,
    hasMouse: Bool = true, hasClipboard: Bool = true
  ) {
    self.isUnicode = isUnicode
    self.colors = colors
    self.background = background
    self.hasMouse = hasMouse
    self.hasClipboard = hasClipboard
  }
}
