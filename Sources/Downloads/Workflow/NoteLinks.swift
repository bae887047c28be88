/// The links in a workflow's notes, where authors write down what their models are and where they can
/// be had. A link counts for the model that has the name of its file.
struct NoteLinks {
  private var links: [String: [String]] = [:]

  /// More are not read.
  private static let most = 1000
  /// Bytes of notes that are read.
  private static let longest = 1 << 20

  init(_ notes: [String]) {
    var count = 0
    var bytes = 0
    for note in notes {
      bytes += note.utf8.count
      guard bytes <= Self.longest, count < Self.most else { return }
      for word in note.split(whereSeparator: Self.isSeparator) where word.hasPrefix("http") {
        guard count < Self.most, let name = Self.fileName(word) else { continue }
        count += 1
        links[name, default: []].append(String(word))
      }
    }
  }

  func links(named fileName: String) -> [String] { Array((links[fileName] ?? []).prefix(8)) }

  /// What stands around links in Markdown and HTML.
  private static func isSeparator(_ character: Character) -> Bool {
    character.isWhitespace || "\"'`<>()[]{}|,;".contains(character)
  }

  /// The name of the file that a link leads to; nil where it does not look like a model's.
  private static func fileName(_ word: Substring) -> String? {
    guard let last = HTTPURL(String(word))?.path.split(separator: "/").last,
      let name = PercentEncoding.decode(String(last)), ModelName.isPlausible(name)
    else { return nil }
    return name
  }
}
