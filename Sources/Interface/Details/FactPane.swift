import ComfyAPI
import Downloads
import Foundation

/// A name, and below it what is known, one fact a line.
struct FactPane {
  let state: State
  let area: Area
  /// Beside a table, whose keys do not scroll it.
  let isAside: Bool
  let title: String
  let lines: [Line]

  struct Line: Equatable {
    var label: String
    var text: String
    /// A row of a picture, in place of the text.
    var cells: [Cell] = []
  }

  func draw(into frame: inout Frame) {
    let (left, width) = (area.columns.lowerBound, area.columns.count)
    if let row = area.title {
      let name = TextWidth.shortened(title, to: width, mark: state.glyphs.ellipsis)
      frame.write(
        name + (isAside ? " " : ""), column: left, row: row, style: state.theme.heading)
    }
    let first = isAside ? 0 : state.firstLine(of: lines.count)
    for (row, line) in zip(area.body, lines.dropFirst(first)) {
      frame.write(line.label, column: left, row: row, style: state.theme.faint)
      frame.write(line.text, column: left + Self.indent(width), row: row)
      frame.put(line.cells, column: left + Self.indent(width), row: row)
    }
  }

  /// Facts without the first, the name, where the heading says all of it.
  static func without(
    title: String, _ facts: [(label: String, value: String)], width: Int
  ) -> [(label: String, value: String)] {
    TextWidth.columns(of: title) <= width ? Array(facts.dropFirst()) : facts
  }

  /// - Parameter width: of the pane.
  static func lines(of facts: [(label: String, value: String)], width: Int) -> [Line] {
    facts.flatMap { fact in
      TextWrap.lines(fact.value, width: width - indent(width)).enumerated()
        .map { Line(label: $0 == 0 ? fact.label : "", text: $1) }
    }
  }

  static func lines(of json: JSONValue, width: Int) -> [Line] {
    lines(of: [("JSON", (try? WireFormat.encodeText(json)) ?? "")], width: width)
  }

  /// Column of the texts in a pane of a width.
  static func indent(_ width: Int) -> Int { width < 40 ? 10 : 13 }
}

extension State {
  /// A pane that has the screen for itself.
  var wholeArea: Area {
    Area(columns: 0..<size.columns, title: layout.titles, body: layout.body)
  }
}

/// Values as the details write them.
enum FactText {
  /// `2.0 GB (2000000000)`.
  static func bytes(_ bytes: Int64) -> String {
    bytes < 1000 ? ByteCount.text(bytes) : "\(ByteCount.text(bytes)) (\(bytes))"
  }

  /// `2026-08-21 09:30:00 UTC`.
  static func time(_ date: Date) -> String {
    Timestamp.text(from: date).prefix(19).replacing("T", with: " ") + " UTC"
  }

  static func value(_ value: JSONValue) -> String {
    value.string ?? (try? WireFormat.encodeText(value)) ?? ""
  }
}
