/// What the terminal can show and do.
public struct Capabilities: Sendable, Hashable {
  /// False in a locale without UTF-8: only ASCII is drawn.
  public var isUnicode: Bool
  /// Number of colours; 0 when it has none or the user set `NO_COLOR`.
  public var colors: Int
  /// Whether clicks and the wheel can be told.
  public var hasMouse: Bool
  /// Whether text can be put into the clipboard of the machine that the user sits at (OSC 52). Many
  /// terminals ask the user, or refuse, without telling.
  public var hasClipboard: Bool

  public init(
    isUnicode: Bool = true, colors: Int = 256, hasMouse: Bool = true, hasClipboard: Bool = true
  ) {
    self.isUnicode = isUnicode
    self.colors = colors
    self.hasMouse = hasMouse
    self.hasClipboard = hasClipboard
  }
}
