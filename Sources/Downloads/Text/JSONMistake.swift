/// The first thing in a text that keeps it from being JSON (RFC 8259), and where it stands.
public struct JSONMistake: Error, Sendable, Hashable {
  /// Counted from 0.
  public let line: Int
  /// One sentence for people.
  public let message: String

  /// Nil when the text is one JSON value.
  public init?(in text: String) {
    do throws(JSONMistake) {
      _ = try JSONReader.value(of: Array(text.utf8))
      return nil
    } catch {
      self = error
    }
  }

  init(line: Int, message: String) {
    self.line = line
    self.message = message
  }
}
