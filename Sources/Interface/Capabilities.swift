/// What the terminal can show.
public struct Capabilities: Sendable, Hashable {
  /// False in a locale without UTF-8: only ASCII is drawn.
  public var isUnicode: Bool
  /// Number of colours; 0 when it has none or the user set `NO_COLOR`.
  public var colors: Int

  public init(isUnicode: Bool = true, colors: Int = 256) {
    self.isUnicode = isUnicode
    self.colors = colors
  }
}
