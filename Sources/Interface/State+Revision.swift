import Downloads

/// Changing folder and tags of what has not begun.
extension State {
  /// Sets the folder of the targets; without one, lets it be typed.
  mutating func reviseFolder(_ text: String) -> [Command] {
    if text.isEmpty { return openPrompt(.command, "folder \(unbegun.first?.folder ?? "")") }
    let typed = FolderText(text)
    guard let folder = typed.folder else {
      say(.problem(typed.problem ?? "Write a folder below models, such as loras."))
      return []
    }
    return revise(.folder(folder), words: "to \(folder.name)")
  }

  /// Sets the tags of the targets; without any, lets them be typed, those of the first one to begin
  /// with.
  mutating func reviseTags(_ text: String) -> [Command] {
    if text.isEmpty {
      return openPrompt(.command, "tags \(unbegun.first?.tags.joined(separator: ", ") ?? "")")
    }
    let typed = TagText(text == Self.noTags ? "" : text)
    if let problem = typed.problem {
      say(.problem(problem))
      return []
    }
    let words = typed.tags.isEmpty ? "no tags" : "tags " + typed.tags.joined(separator: ", ")
    return revise(.tags(typed.tags), words: words)
  }

  private mutating func revise(_ revision: Revision, words: String) -> [Command] {
    let changed = unbegun.filter { download in
      var after = download
      revision.apply(to: &after)
      return after != download
    }
    guard !changed.isEmpty else {
      say(.notice("It is so already."))
      return []
    }
    let isSent = changed.contains { $0.taskID != nil }
    say(.notice("\(named(changed)): \(words)\(isSent ? "; queued anew, at the end" : "")."))
    return [.revise(changed.map(\.id), revision)]
  }

  private var unbegun: [Download] { targets.filter(\.isUnbegun) }

  var whyNotRevise: String? {
    whyNot { download in
      guard !download.isUnbegun else { return nil }
      let word = StatusLabel(download).word
      return download.status.isRetriable
        ? "It is \(word): \(keyName("edit")) changes it and queues it again."
        : "It is \(word): folder and tags can be changed until it begins."
    }
  }

  /// What is typed to have no tags at all.
  static let noTags = "none"
}
