/// The last lines of a terminal, drawn over as they change. A value that says what is to be written;
/// the cursor rests at the start of the line below them.
///
/// Needs a terminal that knows CUU and EL (ECMA-48). Lines are erased one by one: where all of a screen is
/// (ED), tmux takes what stood there for worth keeping.
public struct LiveLines: Sendable {
  private struct Line: Sendable, Equatable {
    let text: String
    let columns: Int
  }

  private var drawn: [Line] = []
  private var size = Size(columns: 0, rows: 0)

  public init() {}

  /// Draws the lines in place of those that stand there; writes nothing where they are the same.
  ///
  /// - Parameter size: what the terminal has now; no line may be as long, and one row stays free.
  /// - Returns: what to write.
  public mutating func draw(_ lines: [StyledLine], size: Size, medium: LineMedium) -> String {
    let new = lines.map { Line(text: medium.text(of: $0), columns: $0.columns) }
    guard new != drawn || size != self.size else { return "" }
    guard !drawn.isEmpty, size == self.size else {
      // Another size has moved what stood there.
      let text = clear(size: size) + new.map { $0.text + "\n" }.joined()
      drawn = new
      self.size = size
      return text
    }
    var text = Self.up(drawn.count)
    for (index, line) in new.enumerated() {
      let isThere = index < drawn.count && drawn[index] == line
      text += isThere ? "\n" : line.text + Self.eraseToEnd + "\n"
    }
    if new.count < drawn.count { text += Self.erase(drawn.count - new.count) }
    drawn = new
    return text
  }

  /// Takes them away, so that text can be written where they began.
  ///
  /// - Parameter size: what the terminal has now.
  public mutating func clear(size: Size) -> String {
    guard !drawn.isEmpty else { return "" }
    let width = max(1, size.columns)
    let taken = drawn.reduce(0) { $0 + max(1, ($1.columns + width - 1) / width) }
    drawn = []
    // What a lower terminal has pushed out of its top cannot be reached.
    let rows = min(taken, max(0, size.rows - 1))
    guard rows > 0 else { return "" }
    return Self.up(rows) + Self.erase(rows)
  }

  /// Something else has been written since: they are drawn anew below it.
  public mutating func forget() { drawn = [] }

  private static func up(_ rows: Int) -> String { "\u{1B}[\(rows)A\r" }
  private static let eraseToEnd = "\u{1B}[K"

  /// Erases rows from that of the cursor on, which stays where it is.
  private static func erase(_ rows: Int) -> String {
    String(repeating: eraseToEnd + "\n", count: rows) + up(rows)
  }
}
