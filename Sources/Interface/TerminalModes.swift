/// What the terminal is asked for beside the picture. The screen's state declares it, and the
/// terminal is told only of what has changed.
public struct TerminalModes: Sendable, Hashable {
  /// Whether clicks and the wheel come as events. While they do, most terminals select text with the
  /// mouse only when Shift is held.
  public var hasMouse: Bool
  /// What the window is called; nil gives it the name back that it had before.
  public var title: String?

  public init(hasMouse: Bool = false, title: String? = nil) {
    self.hasMouse = hasMouse
    self.title = title
  }
}
