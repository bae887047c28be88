/// The part of a line being edited that fits, and where the cursor stands in it.
struct FieldLine: Equatable {
  let text: String
  /// Column of the cursor from the start of the text shown.
  let cursor: Int

  /// - Parameter offset: characters before the cursor; nil when the cursor is on another line, and
  ///   the line's start is shown.
  init(_ line: String, offset: Int?, width: Int) {
    guard let offset, width > 0 else {
      text = line
      cursor = 0
      return
    }
    var before = TextWidth.clusters(of: String(line.prefix(offset)))[...]
    var columns = before.reduce(0) { $0 + $1.width }
    while columns > width - 1, let first = before.popFirst() { columns -= first.width }
    text = before.map(\.text).joined() + line.dropFirst(offset)
    cursor = columns
  }
}
