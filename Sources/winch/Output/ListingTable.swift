import Downloads
import Origins

/// The files of a listing in aligned columns.
struct ListingTable {
  let lines: [String]

  init(_ files: [ListedFile], isNumbered: Bool = false) {
    let rows = files.enumerated().map { index, file in
      (isNumbered ? ["\(index + 1)"] : []) + Self.cells(file)
    }
    let count = rows.first?.count ?? 0
    // The name comes last and needs no padding.
    let widths = (0..<max(0, count - 1)).map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    lines = rows.map { row in
      let padded = row.enumerated().map { column, text in
        column < widths.count
          ? text + String(repeating: " ", count: widths[column] - text.count) : text
      }
      return "  " + padded.joined(separator: "  ")
    }
  }

  private static func cells(_ file: ListedFile) -> [String] {
    let size = file.size.map(ByteCount.text) ?? "-"
    let warnings = file.warnings.map { "  (" + $0.message + ")" }.joined()
    return [
      size, file.format.word, PlainText.sanitized(file.precision ?? "-"),
      PlainText.sanitized(file.folder?.folder.name ?? "-"),
      PlainText.sanitized(file.path) + (file.isPrimary ? " *" : "") + PlainText.sanitized(warnings),
    ]
  }
}
