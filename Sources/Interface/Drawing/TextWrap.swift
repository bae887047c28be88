import Downloads

/// Text broken into lines of a width.
enum TextWrap {
  /// Breaks at spaces where it can, else anywhere; at least one line.
  static func lines(_ text: String, width: Int) -> [String] {
    let width = max(2, width)
    var lines: [String] = []
    var line = ""
    for word in PlainText.sanitized(text).split(separator: " ", omittingEmptySubsequences: false) {
      let joined = line.isEmpty ? String(word) : line + " " + word
      if TextWidth.columns(of: joined) <= width {
        line = joined
        continue
      }
      if !line.isEmpty { lines.append(line) }
      var pieces = broken(String(word), width: width)
      line = pieces.popLast() ?? ""
      lines += pieces
    }
    return lines + [line]
  }

  private static func broken(_ word: String, width: Int) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var used = 0
    for cluster in TextWidth.clusters(of: word) {
      if used + cluster.width > width {
        pieces.append(piece)
        piece = ""
        used = 0
      }
      piece += cluster.text
      used += cluster.width
    }
    return pieces + [piece]
  }
}
