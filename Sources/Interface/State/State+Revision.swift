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
    canUndo("\(revision.noun) of \(named(changed)) as before.") { $0.restore(changed, revision) }
    return [.revise(changed.map(\.id), revision)]
  }

  /// Gives those that have not begun in the meantime what they had before a revision.
  private mutating func restore(_ downloads: [Download], _ revision: Revision) -> [Command] {
    let still = downloads.filter { downloadList.download($0.id)?.isUnbegun == true }
    guard !still.isEmpty else {
      say(
        .notice(
          downloads.count == 1
            ? "\(named(downloads)) has begun: it stays as it is."
            : "\(named(downloads)) have begun: they stay as they are."))
      return []
    }
    var groups: [(revision: Revision, ids: [Download.ID])] = []
    for download in still {
      let back = revision.reverted(to: download)
      if let place = groups.firstIndex(where: { $0.revision == back }) {
        groups[place].ids.append(download.id)
      } else {
        groups.append((back, [download.id]))
      }
    }
    return groups.map { .revise($0.ids, $0.revision) }
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

extension Revision {
  /// What it changes, for sentences.
  fileprivate var noun: String {
    switch self {
    case .folder: "Folder"
    case .tags: "Tags"
    }
  }

  /// What gives a download again what it had.
  fileprivate func reverted(to before: Download) -> Revision {
    switch self {
    case .folder: .folder(before.folder.flatMap(Folder.init))
    case .tags: .tags(before.tags)
    }
  }
}
