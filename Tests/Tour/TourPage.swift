import Foundation

/// The page that the tour leaves.
struct TourPage {
  private(set) var markdown: String

  init(introduction: String) { markdown = introduction + "\n" }

  mutating func addChapter(_ title: String) { markdown += "\n## \(title)\n" }

  /// Adds a step: its words, then the screen if it is to be shown.
  mutating func addStep(_ words: String, screen: String?) {
    markdown += "\n\(words)\n"
    guard let screen else { return }
    markdown += "\n```text\n\(Self.trimmed(FixedWords.applied(to: screen)))\n```\n"
  }

  /// Without blanks at the ends of lines; blank rows in the middle are shown as one.
  static func trimmed(_ screen: String) -> String {
    var rows: [String] = []
    for line in screen.split(separator: "\n", omittingEmptySubsequences: false) {
      let row = String(line.reversed().drop { $0 == " " }.reversed())
      if row.isEmpty, rows.last?.isEmpty ?? true { continue }
      rows.append(row)
    }
    while rows.last?.isEmpty == true { rows.removeLast() }
    return rows.joined(separator: "\n")
  }
}
