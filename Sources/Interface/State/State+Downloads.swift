import Downloads

/// What is done to downloads: to those that are marked, else to the one under the cursor.
extension State {
  /// Cancels at once where what has arrived is kept, so that it can be taken back; asks elsewhere.
  mutating func cancel() -> [Command] {
    let downloads = targets.filter(\.status.isCancellable)
    let ids = downloads.map(\.id)
    guard !keepsCancelledBytes, downloads.contains(where: { $0.taskID != nil }) else {
      return cancel(ids)
    }
    return ask(
      "Cancel \(named(downloads))? The backend begins anew when it is retried.",
      refusal: "Nothing was cancelled."
    ) { $0.cancel(ids) }
  }

  private mutating func cancel(_ ids: [Download.ID]) -> [Command] {
    let downloads = ids.compactMap(downloadList.download)
    let going = downloads.filter(\.status.isCancellable)
    guard !going.isEmpty else {
      say(.notice(downloads.first.map(Self.whyNotCancel) ?? "It is gone."))
      return []
    }
    say(.notice("Cancelling \(named(going)); \(keyName("undo")) takes it back."))
    canUndo("Going on with \(named(going)).") { $0.retryWhenCancelled(going.map(\.id)) }
    return [.cancel(going.map(\.id))]
  }

  /// Cancels what is under way, deletes what has arrived of it, and takes it off the list.
  mutating func discard() -> [Command] {
    let downloads = targets
    let partial = downloads.filter { $0.status != .completed }
    let finished = downloads.count - partial.count
    var question = "Delete \(named(downloads))"
    if !partial.isEmpty { question += " with what has arrived" }
    if finished > 0 { question += partial.isEmpty ? " from the list" : "; finished files stay" }
    let submissions = partial.map(Submission.init)
    return ask(question + "?", named: "discard", refusal: "Nothing was deleted.") { state in
      state.say(.notice("Deleting \(state.named(downloads))."))
      state.canUndo("Queued again, from the start: \(state.named(partial)).") { _ in
        submissions.isEmpty ? [] : [.submit(submissions)]
      }
      return [.discard(downloads.map(\.id))]
    }
  }

  /// Takes ended downloads off the list; their files stay.
  mutating func clear(_ downloads: [Download]) -> [Command] {
    let ended = downloads.filter(\.status.isTerminal)
    guard !ended.isEmpty else {
      say(.notice("Only downloads that have ended can be taken off the list."))
      return []
    }
    say(.notice("\(named(ended)) taken off the list; \(keyName("undo")) brings it back."))
    canUndo("\(named(ended)) brought back.") { _ in [.restore(ended)] }
    return [.forget(ended.map(\.id))]
  }

  mutating func retry() -> [Command] { retry(targets) }

  mutating func retryFailed() -> [Command] {
    retry(downloadList.downloads.filter { $0.status == .failed })
  }

  private mutating func retry(_ downloads: [Download]) -> [Command] {
    let downloads = downloads.filter { $0.status.isRetriable || silence(of: $0) != nil }
    guard !downloads.isEmpty else { return [] }
    say(.notice("Trying \(named(downloads)) again."))
    return [.retry(downloads.map(\.id))]
  }

  mutating func check() -> [Command] {
    let downloads = targets.filter { $0.taskID != nil }
    say(.notice("Asking the backend about \(named(downloads))."))
    return [.check(downloads.map(\.id))]
  }

  /// Puts the link, tags, folder and metadata back into the input pane.
  mutating func editAgain() -> [Command] {
    guard let download = downloadList.selected else { return [] }
    input.draft = Draft(editing: download)
    input.focus = .links
    openInput()
    say(.notice("Change what is wrong and press Enter: it takes the place of the old one."))
    return [.saveDraft(unqueuedDraft)]
  }

  /// `flux.safetensors`, or `3 downloads`.
  func named(_ downloads: [Download]) -> String {
    downloads.count == 1 ? downloads[0].name : counted(downloads.count, "download")
  }

  /// The first key of an action, for sentences.
  func keyName(_ action: String) -> String {
    let first = ActionTable.actions.first { $0.name == action }.flatMap { keys.keys(of: $0).first }
    return first?.name(isUnicode: capabilities.isUnicode) ?? ":\(action)"
  }
}

extension State {
  /// Whether a retry goes on from what is there: Winch's engine does, other backends begin anew.
  private var keepsCancelledBytes: Bool {
    backend.name == "local" || backend.abilities.contains(.retry)
  }
}

extension Submission {
  /// What would queue the download once more.
  fileprivate init(_ download: Download) {
    self.init(
      url: download.url, tags: download.tags, folder: download.folder.flatMap(Folder.init),
      userMetadata: download.userMetadata, previewID: download.previewID, name: download.name,
      fileName: download.fileName, expectedHash: download.expectedHash)
  }
}

// MARK: - Why not now

extension State {
  var whyNotCancel: String? {
    whyNot({ $0.status.isCancellable ? nil : Self.whyNotCancel($0) })
  }

  var whyNotRetry: String? {
    whyNot { download in
      guard !download.status.isRetriable, silence(of: download) == nil else { return nil }
      return "It is \(StatusLabel(download).word): only a failed or cancelled one can be retried."
    }
  }

  var whyNotRetryFailed: String? {
    downloadList.counts.failed > 0 ? nil : "No download has failed."
  }

  var whyNotEditAgain: String? {
    guard let download = downloadList.selected else { return whyNotSelected }
    guard download.status.isRetriable else {
      return "It is \(StatusLabel(download).word): only a failed or cancelled one can be changed."
    }
    return input.draft.isEmpty
      ? nil : "There is text that is not queued yet; a brings it back. Queue or clear it first."
  }

  var whyNotCheck: String? {
    whyNot { $0.taskID == nil ? "The backend has no task for it to ask about." : nil }
  }

  var whyNotOpenDetail: String? { downloadList.selected == nil ? whyNotSelected : nil }

  var whyNotTarget: String? {
    list.selected == nil && list.marked.isEmpty ? whyNotSelected : nil
  }

  var whyNotBack: String? {
    list.filter.isEmpty && viewKey == nil
      ? "There is nothing to go back from; q leaves." : nil
  }

  var whyNotClear: String? {
    list.marked.isEmpty && list.anchor == nil ? whyNotBack : nil
  }

  /// Nil when it can be done to one of the targets at least, else what the first one says.
  func whyNot(_ reason: (Download) -> String?) -> String? {
    var first: String?
    for download in targets {
      guard let sentence = reason(download) else { return nil }
      first = first ?? sentence
    }
    return first ?? whyNotSelected
  }

  private var whyNotSelected: String {
    guard list.downloads.isEmpty else { return "Nothing matches the filter; Esc clears it." }
    return isLibrary
      ? "There are no stored files yet." : "There are no downloads yet; a adds some."
  }

  private static func whyNotCancel(_ download: Download) -> String {
    download.status == .cancellationPending
      ? "It is being cancelled already."
      : "It is \(StatusLabel(download).word): there is nothing left to cancel."
  }
}
