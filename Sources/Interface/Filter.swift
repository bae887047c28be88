import Downloads

/// Words that a download must all contain, in its name, status, folder, tags or link.
struct Filter: Sendable, Equatable {
  let text: String
  private let words: [[UInt8]]

  init(_ text: String) {
    self.text = text
    words = text.lowercased().split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
  }

  var isEmpty: Bool { words.isEmpty }

  func matches(_ download: Download) -> Bool {
    let parts =
      [download.name, StatusLabel(download).word, download.folder ?? "", download.url]
      + download.tags
    let text = Array(parts.joined(separator: "\n").lowercased().utf8)
    return words.allSatisfy { Self.contains($0, in: text) }
  }

  private static func contains(_ word: [UInt8], in text: [UInt8]) -> Bool {
    guard word.count <= text.count else { return false }
    return (0...(text.count - word.count)).contains { start in
      text[start] == word[0] && text[start..<(start + word.count)].elementsEqual(word)
    }
  }
}
