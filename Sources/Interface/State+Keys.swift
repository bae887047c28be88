import Downloads

extension State {
  mutating func press(_ key: KeyPress) -> [Command] {
    if confirmation != nil, let answer = answer(key) { return answer }
    message = nil
    guard let binding = KeyTable.binding(for: key, at: level) else { return type(key) }
    if let reason = binding.reasonWhyNot(self) {
      message = .notice(reason)
      return []
    }
    return perform(binding.action)
  }

  /// A key without a binding is text where there is a field, and else does nothing, which is said.
  private mutating func type(_ key: KeyPress) -> [Command] {
    if case .character(let character) = key, level == .input || level == .filter {
      return edit { $0.insert(String(character)) }
    }
    let name = key.name(isUnicode: capabilities.isUnicode)
    let hint = KeyTable.binding(for: .character("?"), at: level) == nil ? "" : "; ? shows the keys"
    message = .notice("\(name) does nothing here\(hint).")
    return []
  }

  mutating func perform(_ action: Action) -> [Command] {
    switch action {
    case .move(let movement): move(movement)
    case .add: openInput()
    case .openDetail: open(.detail)
    case .openHelp: open(.help)
    case .openFilter: openFilter()
    case .back: back()
    case .keepFilter: level = .table
    case .clearFilter: clearFilter()
    case .cancel: askToCancel()
    case .retry: return retry()
    case .editAgain: return editAgain()
    case .check: return check()
    case .leave: return leave()
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .submit: return submit()
    case .closeInput: return closeInput()
    case .nextField: return moveFocus(by: 1)
    case .previousField: return moveFocus(by: -1)
    case .lineUp: input.moveLine(by: -1)
    case .lineDown: input.moveLine(by: 1)
    case .newLine: return newLine()
    case .complete: return complete()
    case .edit(let edit): return self.edit { $0.apply(edit) }
    }
    return []
  }

  private mutating func move(_ movement: Movement) {
    switch level {
    case .detail: scroll(movement, lines: DetailView(state: self).lines.count)
    case .help: scroll(movement, lines: HelpView(state: self).lines.count)
    default: list.move(movement, page: layout.body.count)
    }
  }

  private mutating func scroll(_ movement: Movement, lines: Int) {
    let page = layout.body.count
    scroll = movement.applied(
      to: firstLine(of: lines), count: max(1, lines - page + 1), page: page)
  }

  private mutating func open(_ level: Level) {
    if level == .help { levelBelow = self.level }
    self.level = level
    scroll = 0
  }

  private mutating func openFilter() {
    selectionBeforeFilter = list.selection
    filterField = TextField(list.filter.text)
    level = .filter
  }

  private mutating func clearFilter() {
    filterField = TextField()
    list.filter(by: "")
    list.select(selectionBeforeFilter ?? list.selection)
    level = .table
  }

  private mutating func back() {
    switch level {
    case .table: clearFilter()
    case .help:
      level = levelBelow
      scroll = 0
    default: level = .table
    }
  }
}

// MARK: - Cancelling and retrying

extension State {
  private mutating func askToCancel() {
    guard let download = list.selected else { return }
    let kept = download.backend == "local" ? " What has arrived is kept." : ""
    confirmation = Confirmation(id: download.id, question: "Cancel \(download.name)?\(kept)")
  }

  /// Answers the question: `y` is yes, another key no. Nil for keys that belong to no question.
  private mutating func answer(_ key: KeyPress) -> [Command]? {
    if case .control = key {
      confirmation = nil
      return nil
    }
    guard let id = confirmation?.id else { return nil }
    confirmation = nil
    guard key == .character("y") || key == .character("Y") else {
      message = .notice("Nothing was cancelled.")
      return []
    }
    guard let download = list.downloads.first(where: { $0.id == id }) else { return [] }
    guard download.status.isCancellable else {
      message = .notice(Self.whyNotCancel(download))
      return []
    }
    message = .notice("Cancelling \(download.name).")
    return [.cancel([id])]
  }

  private mutating func retry() -> [Command] {
    guard let download = list.selected else { return [] }
    message = .notice("Trying \(download.name) again.")
    return [.retry([download.id])]
  }

  private mutating func check() -> [Command] {
    guard let download = list.selected else { return [] }
    message = .notice("Asking the backend about \(download.name).")
    return [.check([download.id])]
  }

  /// Puts the link, tags, folder and metadata back into the input pane.
  private mutating func editAgain() -> [Command] {
    guard let download = list.selected else { return [] }
    input.draft = Draft(editing: download)
    input.focus = .links
    openInput()
    message = .notice("Change what is wrong and press Enter: it takes the place of the old one.")
    return [.saveDraft(unqueuedDraft)]
  }
}

// MARK: - Why not now

extension State {
  var whyNotCancel: String? {
    guard let download = list.selected else { return whyNotSelected }
    return download.status.isCancellable ? nil : Self.whyNotCancel(download)
  }

  var whyNotRetry: String? {
    guard let download = list.selected else { return whyNotSelected }
    guard !download.status.isRetriable, silence(of: download) == nil else { return nil }
    return "It is \(StatusLabel(download).word): only a failed or cancelled one can be retried."
  }

  var whyNotEditAgain: String? {
    guard let download = list.selected else { return whyNotSelected }
    guard download.status.isRetriable else {
      return "It is \(StatusLabel(download).word): only a failed or cancelled one can be changed."
    }
    return input.draft.isEmpty
      ? nil : "There is text that is not queued yet; a brings it back. Queue or clear it first."
  }

  var whyNotCheck: String? {
    guard let download = list.selected else { return whyNotSelected }
    return download.taskID == nil ? "The backend has no task for it to ask about." : nil
  }

  var whyNotOpenDetail: String? { list.selected == nil ? whyNotSelected : nil }

  var whyNotBack: String? {
    list.filter.isEmpty ? "There is nothing to go back from; q leaves." : nil
  }

  private var whyNotSelected: String {
    list.downloads.isEmpty
      ? "There are no downloads yet; a adds some." : "Nothing matches the filter; Esc clears it."
  }

  private static func whyNotCancel(_ download: Download) -> String {
    download.status == .cancellationPending
      ? "It is being cancelled already."
      : "It is \(StatusLabel(download).word): there is nothing left to cancel."
  }
}
