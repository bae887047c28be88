import Downloads

extension State {
  /// Changes the text the keys go to.
  mutating func edit(_ change: (inout TextField) -> Void) -> [Command] {
    guard level == .input else { return editPrompt(change) }
    let before = input.draft
    change(&input[input.focus])
    return input.draft == before ? [] : [.saveDraft(unqueuedDraft)]
  }

  mutating func newLine() -> [Command] {
    guard input[input.focus].isMultiline else {
      say(.notice("This field has one line; only links and metadata have several."))
      return []
    }
    return edit { $0.insert("\n") }
  }

  mutating func complete() -> [Command] {
    guard input.complete() else { return edit { $0.apply(.right) } }
    return [.saveDraft(unqueuedDraft)]
  }

  mutating func moveFocus(by step: Int) -> [Command] {
    removeTokens()
    input.moveFocus(by: step)
    return []
  }

  mutating func closeInput() -> [Command] {
    removeTokens()
    levels.close(.input)
    if !input.draft.isEmpty { say(.notice("What you typed is kept; a brings it back.")) }
    return []
  }

  /// Queues the links that are right and keeps the others; a mistake in another field keeps all.
  mutating func submit() -> [Command] {
    removeTokens()
    if let problem = input.problems.first {
      input.moveCursor(to: problem)
      let count = input.problems.count
      say(
        .problem(
          count == 1
            ? "Nothing was queued yet: \(problem.message)"
            : "Nothing was queued yet: \(count) lines need a change."))
      return []
    }
    // Only the engine of this machine finds out by itself where a file belongs.
    let submissions = input.submissions(proposingFolders: backend.name != "local")
    guard !submissions.isEmpty else { return refuseLinks() }
    let replaced = input.draft.replaces
    let kept = input.keptLines
    let draft = input.draft
    pendingDrafts.append(draft.without(kept))
    keptLines = kept.count
    input.draft = kept.isEmpty ? Draft() : draft.with(urls: kept)
    input.focus = .links
    if kept.isEmpty {
      levels.closeAll()
    } else if let problem = input.linkProblems.first {
      input.moveCursor(to: problem)
    }
    if !list.filter.isEmpty { list.filter(by: "") }
    list.expectNew()
    return [.submit(submissions, replacing: replaced)]
  }

  /// Says why no link can be queued.
  private mutating func refuseLinks() -> [Command] {
    input.focus = .links
    guard let problem = input.linkProblems.first else {
      say(
        .notice(
          input.isLooking
            ? "Still looking at what is behind the link."
            : "There is no link yet: paste one, or more, one a line."))
      return []
    }
    input.moveCursor(to: problem)
    let count = input.linkProblems.count
    say(
      .problem(
        count == 1
          ? "Nothing was queued yet: \(problem.message)"
          : "Nothing was queued yet: \(count) lines need a change."))
    return []
  }

  private mutating func removeTokens() {
    if input.removeTokens() { say(Self.tokenRemoved) }
  }
}

extension Draft {
  /// The draft with these lines as its links.
  fileprivate func with(urls lines: [String]) -> Draft {
    var draft = self
    draft.urls = lines.joined(separator: "\n")
    draft.replaces = nil
    return draft
  }

  /// The draft without these lines.
  fileprivate func without(_ lines: [String]) -> Draft {
    var draft = self
    draft.urls = urls.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !lines.contains(String($0)) }.joined(separator: "\n")
    return draft
  }
}
