/// One click or one step of the wheel.
public struct MouseEvent: Sendable, Hashable {
  public enum Kind: Sendable, Hashable { case left, middle, right, wheelUp, wheelDown }

  public struct Modifiers: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let shift = Modifiers(rawValue: 1)
    public static let alt = Modifiers(rawValue: 2)
    public static let control = Modifiers(rawValue: 4)
  }

  public var kind: Kind
  /// The cell, counted from the upper left; it may lie outside of the last frame.
  public var position: Position
  public var modifiers: Modifiers

  public init(_ kind: Kind, at position: Position, modifiers: Modifiers = []) {
    self.kind = kind
    self.position = position
    self.modifiers = modifiers
  }
}
