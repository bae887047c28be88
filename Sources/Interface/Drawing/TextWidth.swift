import Downloads

/// How many columns text takes on a terminal.
///
/// ncurses keeps one spacing character and a few combining marks in a cell and measures with
/// `wcwidth`. Text is reduced to what fits that model before it is measured, so that our idea of a
/// line and the terminal's are the same.
public enum TextWidth {
  /// What one cell, or a wide pair of cells, holds.
  public struct Cluster: Sendable, Hashable {
    public let text: String
    /// 1 or 2 columns.
    public let width: Int

    init(text: String, width: Int) {
      self.text = text
      self.width = width
    }

    /// - Parameter byte: printable ASCII.
    init(plain byte: UInt8) { self.init(text: String(Unicode.Scalar(byte)), width: 1) }
  }

  /// Columns of the text as it is drawn.
  public static func columns(of text: String) -> Int {
    if isPlain(text) { return text.utf8.count }
    return clusters(of: text).reduce(0) { $0 + $1.width }
  }

  /// Whether each byte of the text is a character of one column: printable ASCII, as most texts are.
  static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// The cells of a text, harmless ones only: what `PlainText` replaces is replaced here too.
  public static func clusters(of text: String) -> [Cluster] {
    guard !isPlain(text) else { return text.utf8.map(Cluster.init(plain:)) }
    return PlainText.sanitized(text).reduce(into: []) { $0 += cells(of: $1) }
  }

  /// The cells of one character as people see it.
  ///
  /// A joined emoji becomes its first picture, a flag its two letters: no cell could hold more.
  static func cells(of character: Character) -> [Cluster] {
    if let value = character.asciiValue {
      return [
        Cluster(text: value < 0x20 || value == 0x7F ? replacement : String(character), width: 1)
      ]
    }
    var builder = ClusterBuilder()
    for scalar in character.unicodeScalars { builder.append(scalar) }
    return builder.finished()
  }

  static let replacement = "\u{FFFD}"

  /// The text cut at its end so that it fits, the mark put where it was cut.
  static func clipped(_ text: String, to width: Int, mark: String) -> String {
    guard columns(of: text) > width else { return text }
    let all = clusters(of: text)
    let room = width - columns(of: mark)
    guard room >= 0 else { return head(of: all, width: width) }
    return head(of: all, width: room) + mark
  }

  /// The text cut in its middle so that it fits: names of models differ at their ends.
  static func shortened(_ text: String, to width: Int, mark: String) -> String {
    guard columns(of: text) > width else { return text }
    let all = clusters(of: text)
    let room = width - columns(of: mark)
    guard room >= 8 else { return clipped(text, to: width, mark: mark) }
    let tail = room * 2 / 5
    return head(of: all, width: room - tail) + mark + self.tail(of: all, width: tail)
  }

  private static func head(of clusters: [Cluster], width: Int) -> String {
    var left = width
    return clusters.prefix {
      left -= $0.width
      return left >= 0
    }.map(\.text).joined()
  }

  private static func tail(of clusters: [Cluster], width: Int) -> String {
    var left = width
    return clusters.reversed().prefix {
      left -= $0.width
      return left >= 0
    }.reversed().map(\.text).joined()
  }
}
