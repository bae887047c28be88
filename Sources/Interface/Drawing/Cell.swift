/// One character cell of the screen.
public struct Cell: Sendable, Hashable {
  /// One spacing scalar and up to four combining marks; empty for the right half of a wide cell.
  public var text: String
  public var style: Style

  public init(text: String = " ", style: Style = .standard) {
    self.text = text
    self.style = style
  }

  public static let blank = Cell()
}
