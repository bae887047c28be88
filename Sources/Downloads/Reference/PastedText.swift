/// A pasted block of text as lines that each hold one link at most.
///
/// People paste lists, chat messages and Markdown. A line that is more than a link becomes the links
/// in it; a line without any stays as it is, so that it can be said what is wrong with it.
public enum PastedText {
  /// The text with every link on a line of its own, in order. Lines without a link keep their text.
  public static func lines(_ text: String, hosts: SourceHosts) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).flatMap { line in
      let line = String(line)
      guard line.utf8.count <= longestLine, mayBeMore(line), line.contains(where: isSeparator),
        (try? PastedReference(line, hosts: hosts)) == nil
      else { return [line] }
      let links = line.split(whereSeparator: isSeparator).map(withoutPunctuation)
        .filter { isLink($0, hosts: hosts) }
      return links.isEmpty ? [line] : links.map(String.init)
    }
  }

  /// Whether there may be a separator: a long list of bare links is told by its bytes.
  private static func mayBeMore(_ line: String) -> Bool {
    line.utf8.contains { $0 <= 0x20 || $0 >= 0x80 || separators.utf8.contains($0) }
  }

  /// Bytes; what is longer is no line of a text.
  private static let longestLine = 64 << 10

  /// What stands around links in prose, Markdown, HTML, JSON and shell commands.
  private static func isSeparator(_ character: Character) -> Bool {
    character.isWhitespace || separators.contains(character)
  }

  private static let separators = "\"'`<>()[]{}|,;"

  private static func withoutPunctuation(_ word: Substring) -> Substring {
    var word = word.drop { "*_~".contains($0) }
    while let last = word.last, ".:!?*_~".contains(last) { word.removeLast() }
    return word
  }

  private static func isLink(_ word: Substring, hosts: SourceHosts) -> Bool {
    let start = word.prefix(8).lowercased()
    guard ["http://", "https://", "hf://", "urn:air:"].contains(where: start.hasPrefix) else {
      return word.contains("/") && (try? PastedReference(String(word), hosts: hosts)) != nil
    }
    return true
  }
}
