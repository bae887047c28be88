import Downloads

extension State {
  /// Takes in one event and answers with what the program must do.
  public mutating func apply(_ event: Event) -> [Command] {
    defer {
      if !levels.contains(.prompt) { prompt = nil }
      followSelection()
      followPicker()
    }
    switch event {
    case .key(let key):
      let commands = press(key)
      // What comes of them should be seen.
      if !commands.isEmpty { newsTakenAt = nil }
      return commands
    case .paste(let text): return paste(text)
    case .mouse(let mouse): return point(mouse)
    case .resize(let size): self.size = size
    case .slowLine: noteSlowLine()
    case .background(let background): capabilities.background = background
    case .snapshot(let snapshot):
      heldSnapshot = snapshot
      return takeHeldNews()
    case .library(let snapshot):
      if isFrozen { heldLibrary = snapshot } else { update(snapshot) }
    case .configuration(let configuration): take(configuration)
    case .clock(let date):
      now = date
      downloadList.context.now = date
      library.list.context.now = date
      speeds.note(downloadList.counts.bytesPerSecond, at: date)
      return takeHeldNews() + lookAtFinishedLinks() + followDetail()
    case .outcome(let outcome): return take(outcome)
    case .terminate: return leave()
    }
    return []
  }

  mutating func update(_ snapshot: BoardSnapshot) -> [Command] {
    newsTakenAt = now
    let connection = backend.connection
    downloadList.context.isOnline = snapshot.backend.connection == .online
    let happenings = Happenings(from: downloadList.downloads, to: snapshot.downloads)
    backend = snapshot.backend
    let (count, done) = (downloadList.downloads.count, downloadList.counts.done)
    downloadList.update(snapshot.downloads)
    if levels.contains(.input),
      (count, done) != (downloadList.downloads.count, downloadList.counts.done)
    {
      learnKnown()
    }
    if downloadList.selected == nil { levels.close(.detail) }
    noteConnection(from: connection)
    let reread =
      connection != .online && backend.connection == .online ? rereadLibrary() : []
    return note(happenings) + takeCancelled() + reread
  }

  private mutating func paste(_ text: String) -> [Command] {
    confirmation = nil
    if level == .prompt { return editPrompt { $0.insert(text) } }
    if level != .input {
      beginPaste()
    }
    if input.paste(text) { say(Self.tokenRemoved) }
    return [.saveDraft(unqueuedDraft)] + look()
  }

  /// Opens the pane for pasted links: behind those that wait in it, else with nothing that was typed for
  /// others.
  mutating func beginPaste() {
    if input.linkList.meanings.allSatisfy({ $0 == .blank }) {
      input.draft = Draft()
    } else {
      say(.notice("The links that were here before are kept, with their tags and folder."))
    }
    openInput()
    input.focus = .links
    input[.links].moveCursorToEnd()
  }

  /// Asks about links that have not changed for a tick.
  private mutating func lookAtFinishedLinks() -> [Command] {
    defer { linksAtLastTick = input.links.lines }
    guard level == .input, input.links.lines == linksAtLastTick else { return [] }
    return look()
  }

  mutating func look() -> [Command] {
    let unasked = input.takeUnasked()
    return unasked.isEmpty ? [] : [.look(unasked)]
  }

  private mutating func take(_ outcome: Outcome) -> [Command] {
    switch outcome {
    case .submitted(let count):
      if !pendingDrafts.isEmpty { pendingDrafts.removeFirst() }
      let rest = keptLines == 0 ? "" : " \(counted(keptLines, "line")) kept, with what is wrong."
      keptLines = 0
      say(.success("\(counted(count, "download")) queued.\(rest)"))
      return [.saveDraft(unqueuedDraft)]
    case .submitFailed(let reason):
      if !pendingDrafts.isEmpty { giveBack(pendingDrafts.removeFirst()) }
      say(.problem("Nothing was queued. \(reason)"))
      return [.saveDraft(unqueuedDraft)]
    case .looked(let url, let look): input.take(look, of: url)
    case .names(let names): input.learn(names)
    case .edited(let edited): return takeEdited(edited)
    case .workflow(let file, let needs): return take(needs, of: file)
    case .traced(let trace):
      if downloadList.selected?.taskID == trace.taskID { detail.trace = trace }
    case .preview(let id, let preview): previews.take(preview, of: id)
    case .notice(let text): say(.notice(text))
    case .problem(let text): say(.problem(text))
    }
    return []
  }

  /// What would be lost if the program ended now.
  var unqueuedDraft: Draft {
    pendingDrafts.reversed().reduce(input.draft) { $1.joined(with: $0) }
  }

  private mutating func giveBack(_ draft: Draft) {
    input.draft = draft.joined(with: input.draft)
    openInput()
  }

  mutating func openInput() {
    levels.open(.input)
    learnKnown()
  }

  /// Tells the pane which links stand in the list already.
  private mutating func learnKnown() {
    input.known = Dictionary(
      downloadList.downloads.map { ($0.url, $0.status) },
      uniquingKeysWith: { $0 == .completed ? $0 : $1 })
  }

  mutating func leave() -> [Command] {
    isRunning = false
    return [.quit]
  }

  static let tokenRemoved = Message.notice(
    "The token in the link was taken out; set CIVITAI_API_TOKEN or HF_TOKEN.")
}
