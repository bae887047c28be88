import Downloads

extension State {
  /// Changes the text the keys go to.
  mutating func edit(_ change: (inout TextField) -> Void) -> [Command] {
    guard level == .input else {
      change(&filterField)
      list.filter(by: filterField.text)
      return []
    }
    let before = input.draft
    change(&input[input.focus])
    return input.draft == before ? [] : [.saveDraft(unqueuedDraft)]
  }

  mutating func newLine() -> [Command] {
    guard input[input.focus].isMultiline else {
      message = .notice("This field has one line; only links and metadata have several.")
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
    level = levelBelow
    if message == nil, !input.draft.isEmpty {
      message = .notice("What you typed is kept; a brings it back.")
    }
    return []
  }

  /// Queues everything when all of it is right; else goes to the first mistake and queues nothing.
  mutating func submit() -> [Command] {
    removeTokens()
    if let problem = input.problems.first {
      input.moveCursor(to: problem)
      let count = input.problems.count
      message = .problem(
        count == 1
          ? "Nothing was queued yet: \(problem.message)"
          : "Nothing was queued yet: \(count) lines need a change.")
      return []
    }
    let submissions = input.submissions
    guard !submissions.isEmpty else {
      input.focus = .links
      message = .notice("There is no link yet: paste one, or more, one a line.")
      return []
    }
    let replaced = input.draft.replaces
    pendingDrafts.append(input.draft)
    input.draft = Draft()
    input.focus = .links
    level = .table
    if !list.filter.isEmpty { list.filter(by: "") }
    list.expectNew()
    return [.submit(submissions, replacing: replaced)]
  }

  private mutating func removeTokens() {
    if input.removeTokens() { message = Self.tokenRemoved }
  }
}
