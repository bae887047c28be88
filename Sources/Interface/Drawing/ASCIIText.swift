/// Text for terminals that show ASCII only.
enum ASCIIText {
  /// One `?` for every cell that is not ASCII, as `Frame` writes it.
  static func text(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    return TextWidth.clusters(of: text)
      .map { $0.text.utf8.count == 1 ? $0.text : "?" }.joined()
  }
}
