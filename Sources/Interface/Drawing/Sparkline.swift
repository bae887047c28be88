/// Numbers as a row of small columns.
enum Sparkline {
  /// One character a number, the highest of them a full one; empty without a terminal for it.
  static func text(_ numbers: some Collection<Int64>, isUnicode: Bool) -> String {
    guard isUnicode, let highest = numbers.max() else { return "" }
    return numbers.map { number in
      guard number > 0, highest > 0 else { return levels[0] }
      // Rounded up: what is not nothing shows.
      let level = (Double(number) / Double(highest) * Double(levels.count - 1)).rounded(.up)
      return levels[min(levels.count - 1, max(1, Int(level)))]
    }.joined()
  }

  private static let levels = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}
