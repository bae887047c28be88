import Downloads

/// What the files of a picker must match: a pattern such as `*.gguf`, else words that stand in their
/// paths or say what they are.
struct FileMatch: Sendable {
  private enum Kind {
    case all
    case pattern(Glob)
    case words([String])
  }

  private let kind: Kind

  init(_ text: String) {
    let text = text.trimmingSpaces().lowercased()
    if text.isEmpty {
      kind = .all
    } else if text.utf8.contains(where: { "*?[".utf8.contains($0) }) {
      kind = .pattern(Glob(text))
    } else {
      kind = .words(text.split(separator: " ").map(String.init))
    }
  }

  func matches(_ file: LinkPreview.File) -> Bool {
    switch kind {
    case .all: return true
    case .pattern(let glob): return glob.matches(file.path.lowercased())
    case .words(let words):
      let parts = [file.path, file.variant ?? "", file.group ?? "", file.folder?.folder.name ?? ""]
      let text = parts.joined(separator: "\n").lowercased()
      return words.allSatisfy(text.contains)
    }
  }
}
