import Foundation

/// A screen as an SVG picture.
///
/// Blocks are drawn as rectangles, since fonts leave gaps between them.
struct ScreenPicture {
  let screen: StyledScreen
  let title: String

  private static let cell = (width: 8.4, height: 18.0)
  private static let margin = 12.0
  private static let baseline = 13.5

  var svg: String {
    let width = Self.margin * 2 + Double(screen.columns) * Self.cell.width
    let height = Self.margin * 2 + Double(screen.rows.count) * Self.cell.height
    let head = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width.short) \(height.short)" \
      width="\(width.short)" height="\(height.short)" shape-rendering="crispEdges" font-size="14" font-family="ui-monospace,\
      SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace">
      <title>\(title.escapedForXML)</title>
      <rect width="100%" height="100%" rx="8" fill="\(Palette.standardBackground)"/>

      """
    return head + screen.rows.enumerated().map { row($0.element, at: $0.offset) }.joined()
      + "</svg>\n"
  }

  private func row(_ runs: [StyledRun], at index: Int) -> String {
    let top = Self.margin + Double(index) * Self.cell.height
    let texts = runs.flatMap(\.words).map { word in
      let look = ColoredLook(word.style)
      let weight = look.isBold ? " font-weight=\"bold\"" : ""
      let line = look.isUnderlined ? " text-decoration=\"underline\"" : ""
      return "<tspan x=\"\(x(word.column).short)\" fill=\"\(look.foreground)\"\(weight)\(line)>"
        + word.text.escapedForXML + "</tspan>"
    }
    let boxes = runs.flatMap { background($0, top) + blocks($0, top) }
    let text =
      texts.isEmpty
      ? ""
      : "<text y=\"\((top + Self.baseline).short)\" xml:space=\"preserve\">\(texts.joined())</text>\n"
    return boxes.map { $0 + "\n" }.joined() + text
  }

  private func background(_ run: StyledRun, _ top: Double) -> [String] {
    guard let color = ColoredLook(run.style).background else { return [] }
    return [box(run.column, Double(run.text.count), top, color)]
  }

  /// The blocks of a run; neighbours that are full make one box.
  private func blocks(_ run: StyledRun, _ top: Double) -> [String] {
    let color = ColoredLook(run.style).foreground
    var boxes: [String] = []
    var place = 0
    for piece in run.text.pieces(where: { $0.eighthsOfBlock != nil }) {
      defer { place += piece.count }
      guard piece.first?.eighthsOfBlock != nil else { continue }
      let width = piece.reduce(0) { $0 + Double($1.eighthsOfBlock ?? 0) / 8 }
      boxes.append(box(run.column + place, width, top, color))
    }
    return boxes
  }

  private func box(_ column: Int, _ columns: Double, _ top: Double, _ color: String) -> String {
    "<rect x=\"\(x(column).short)\" y=\"\(top.short)\" "
      + "width=\"\((columns * Self.cell.width).short)\" height=\"\(Self.cell.height.short)\" "
      + "fill=\"\(color)\"/>"
  }

  private func x(_ column: Int) -> Double { Self.margin + Double(column) * Self.cell.width }
}

extension StyledRun {
  /// What is to be set as text, split where two blanks or blocks stand, so that a font of another
  /// width moves little.
  fileprivate var words: [StyledRun] {
    var words: [StyledRun] = []
    var place = column
    let marks = Array(text).map { $0.eighthsOfBlock == nil ? $0 : " " }
    var start = 0
    while start < marks.count {
      guard marks[start] != " " else {
        start += 1
        continue
      }
      var end = start
      while end < marks.count, marks[end] != " " || (end + 1 < marks.count && marks[end + 1] != " ")
      { end += 1 }
      place = column + start
      words.append(StyledRun(column: place, text: String(marks[start..<end]), style: style))
      start = end
    }
    return words
  }
}

extension Character {
  /// How many eighths of its cell a block fills from the left; nil for other characters.
  fileprivate var eighthsOfBlock: Int? {
    guard let scalar = unicodeScalars.first?.value, (0x2588...0x258F).contains(scalar) else {
      return nil
    }
    return Int(0x2590 - scalar)
  }
}

extension String {
  /// Splits where the answer to a question changes from one character to the next.
  fileprivate func pieces(where isSo: (Character) -> Bool) -> [Substring] {
    var pieces: [Substring] = []
    var rest = self[...]
    while let first = rest.first {
      let piece = rest.prefix { isSo($0) == isSo(first) }
      pieces.append(piece)
      rest = rest[piece.endIndex...]
    }
    return pieces
  }

  var escapedForXML: String {
    replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
  }
}

extension Double {
  /// With one decimal at most.
  fileprivate var short: String {
    let tenths = Int((self * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
