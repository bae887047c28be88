import Downloads

/// The folder as typed, what is wrong with it and how it may go on.
struct FolderText: Sendable, Equatable {
  /// Nil when nothing was typed or it is no folder.
  let folder: Folder?
  let problem: String?
  /// What the suggestion adds to the text; nil when there is none.
  let completion: String?
  /// Known folders that go on from the text, best first.
  let suggestions: [String]

  init(_ text: String) {
    let text = text.trimmingSpaces()
    folder = Folder(text)
    suggestions = Folder.known.filter { $0.hasPrefix(text) && $0 != text }
    completion = text.isEmpty ? nil : suggestions.first.map { String($0.dropFirst(text.count)) }
    problem =
      text.isEmpty || folder != nil
      ? nil : "Not a folder below models: write a name such as loras or checkpoints/sdxl."
  }
}
