/// The tables of a Markdown text by the headings they stand under: what the README says the manual
/// need not say in other words.
struct MarkdownTables {
  struct Row: Equatable {
    let name: String
    let meaning: String
  }

  private var rows: [String: [Row]] = [:]

  init(_ text: String) {
    var heading = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("#") {
        heading = String(line.drop { $0 == "#" || $0 == " " })
      } else if let row = Self.row(line) {
        rows[heading, default: []].append(row)
      }
    }
  }

  /// The rows of all tables of two columns under a heading, without those that name the columns.
  func under(_ heading: String) -> [Row] { rows[heading] ?? [] }

  /// Nil for a line that is none, and for the two that begin a table.
  private static func row(_ line: Substring) -> Row? {
    guard line.hasPrefix("|") else { return nil }
    let bar = "\u{1}"
    let cells = line.replacing("\\|", with: bar).split(separator: "|").map { cell in
      String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        .replacing(bar, with: "|")
    }
    guard cells.count == 2, cells[0].contains("`") || cells[0].allSatisfy(\.isNumber) else {
      return nil
    }
    return Row(name: cells[0], meaning: cells[1])
  }
}
