import ComfyAPI

/// A file as a line: what is there, what is coming, and where connections are at work.
struct ConnectionMap {
  let trace: TransferTrace
  let isUnicode: Bool

  /// Nil while the size is unknown.
  func text(width: Int) -> String? {
    guard let size = trace.size, size > 0, width > 0 else { return nil }
    return (0..<width).map { cell in
      let start = Double(size) * Double(cell) / Double(width)
      let end = Double(size) * Double(cell + 1) / Double(width)
      return mark(start, end)
    }.joined()
  }

  private func mark(_ start: Double, _ end: Double) -> String {
    let isAtWork = trace.connections.contains {
      Double($0.position) >= start && Double($0.position) < end
    }
    if isAtWork { return isUnicode ? "▶" : ">" }
    let there = trace.finished.reduce(0.0) { sum, span in
      sum + max(0, min(end, Double(span.end)) - max(start, Double(span.start)))
    }
    if there >= end - start - 0.5 { return isUnicode ? "█" : "#" }
    return there > 0 ? (isUnicode ? "▒" : "+") : (isUnicode ? "·" : ".")
  }
}
