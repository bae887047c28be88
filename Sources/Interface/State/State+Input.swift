import Downloads

extension State {
  /// Changes the text the keys go to.
  mutating func edit(_ change: (inout TextField) -> Void) -> [Command] {
    guard level == .input else { return editPrompt(change) }
    var field = input[input.focus]
    change(&field)
    let isChanged = field.lines != input[input.focus].lines
    input[input.focus] = field
    return isChanged ? [.saveDraft(unqueuedDraft)] : []
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

  /// Takes a suggestion where one is offered, else goes to the next field.
  mutating func completeOrMoveFocus() -> [Command] {
    input.takeSuggestion() ? [.saveDraft(unqueuedDraft)] : moveFocus(by: 1)
  }

  mutating func moveFocus(by step: Int) -> [Command] {
    removeTokens()
    input.moveFocus(by: step)
    return wantedNames()
  }

  /// Moves to the line, proposal or field above or below.
  mutating func moveLine(by step: Int) -> [Command] {
    input.moveLine(by: step)
    return wantedNames()
  }

  /// Asks for the backend's names when they may be needed, once a minute at the most.
  private mutating func wantedNames() -> [Command] {
    guard input.focus == .tags || input.focus == .folder else { return [] }
    if input.focus == .tags { input.learn(tagsOfDownloads: downloadList.downloads.flatMap(\.tags)) }
    if let asked = namesAskedAt, now.timeIntervalSince(asked) < 60 { return [] }
    namesAskedAt = now
    return [.learnNames]
  }

  mutating func closeInput() -> [Command] {
    if input.suggestions.marked != nil {
      input.unmarkSuggestion()
      return []
    }
    removeTokens()
    levels.close(.input)
    if !input.draft.isEmpty { say(.notice("What you typed is kept; a brings it back.")) }
    return []
  }

  /// Queues the links that are right and keeps the others; a mistake in another field keeps all.
  mutating func submit() -> [Command] {
    if input.suggestions.marked != nil, input.takeSuggestion() {
      return [.saveDraft(unqueuedDraft)]
    }
    removeTokens()
    let problems = input.problems
    guard problems.isEmpty else { return refuse(problems) }
    // Only the engine of this machine finds out by itself where a file belongs.
    let submissions = input.submissions(proposingFolders: backend.name != "local")
    guard !submissions.isEmpty else { return refuseLinks() }
    let replaced = input.draft.replaces
    let kept = input.keptLines
    let (rest, queued) = input.draft.split(at: kept)
    pendingDrafts.append(queued)
    keptLines = kept.count
    input.draft = kept.isEmpty ? Draft() : rest
    input.focus = .links
    if kept.isEmpty {
      levels.closeAll()
    } else if let problem = input.linkProblems.first {
      input.moveCursor(to: problem)
    }
    if !downloadList.filter.isEmpty { downloadList.filter(by: "") }
    downloadList.expectNew()
    return [.submit(submissions, replacing: replaced)]
  }

  /// Says why no link can be queued.
  private mutating func refuseLinks() -> [Command] {
    if let commands = openPickerForOpenChoice() { return commands }
    input.focus = .links
    let problems = input.linkProblems
    guard problems.isEmpty else { return refuse(problems) }
    if let commands = askAgain() { return commands }
    say(
      .notice(
        input.isLooking
          ? "Still looking at what is behind the link."
          : "There is no link yet: paste one, or more, one a line."))
    return []
  }

  /// Asks about pages of which nothing could be learnt; nil when there are none.
  private mutating func askAgain() -> [Command]? {
    input.forgetUnknownPages()
    let unasked = input.takeUnasked()
    guard !unasked.isEmpty else { return nil }
    say(.notice("Asking again what is behind the link."))
    return [.look(unasked)]
  }

  /// Says what keeps everything from being queued, and goes to the first of it.
  private mutating func refuse(_ problems: [InputPane.Problem]) -> [Command] {
    guard let first = problems.first else { return [] }
    input.moveCursor(to: first)
    let reason = problems.count == 1 ? first.message : "\(problems.count) lines need a change."
    say(.problem("Nothing was queued yet: \(reason)"))
    return []
  }

  mutating func removeTokens() {
    if input.removeTokens() { say(Self.tokenRemoved) }
  }
}

extension Draft {
  /// The draft with these lines alone, and the one without them.
  fileprivate func split(at places: [Int]) -> (with: Draft, without: Draft) {
    let places = Set(places)
    var (with, without) = (self, self)
    with.replaces = nil
    with.links = links.indices.filter(places.contains).map { links[$0] }
    without.links = links.indices.filter { !places.contains($0) }.map { links[$0] }
    return (with, without)
  }
}
