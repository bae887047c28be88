/// A text of the input pane on its way through an editor.
public struct EditedText: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// One link a line.
    case links
    case tags
    case folder
    /// A JSON object, or `key=value` lines.
    case metadata
  }

  public var kind: Kind
  public var text: String

  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
