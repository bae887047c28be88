extension String {
  /// Whether the text is one word of printable ASCII, 1 to 4096 bytes: what keys and ids are made
  /// of, and what can stand in a header without starting another one.
  var isHeaderWord: Bool {
    (1...4096).contains(utf8.count) && utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }
}
