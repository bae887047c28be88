/// The rules for a tag.
public enum Tag {
  /// Longest tag, in bytes.
  public static let maximumBytes = 255
  /// Most tags of one download.
  public static let maximumCount = 100

  /// The rules in one sentence, for people.
  public static let rule = "A tag is 1 to 255 bytes long, without commas and control characters."

  /// That a text is not a tag, in one sentence.
  public static func refusal(of text: String) -> String {
    "\(text.isEmpty ? "An empty text" : text) cannot be a tag."
  }

  public static func isValid(_ tag: String) -> Bool {
    !tag.isEmpty && tag.utf8.count <= maximumBytes && !tag.contains(",")
      && tag.trimmingSpaces() == tag
      && !tag.unicodeScalars.contains { PlainText.isControl($0) || PlainText.isInvisible($0) }
  }
}
