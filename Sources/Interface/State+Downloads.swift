import Downloads

/// What is done to the download under the cursor.
extension State {
  mutating func askToCancel() -> [Command] {
    guard let download = list.selected else { return [] }
    let id = download.id
    let kept = download.backend == "local" ? " What has arrived is kept." : ""
    return ask("Cancel \(download.name)?\(kept)", refusal: "Nothing was cancelled.") { state in
      state.cancel(id)
    }
  }

  private mutating func cancel(_ id: Download.ID) -> [Command] {
    guard let download = list.downloads.first(where: { $0.id == id }) else { return [] }
    guard download.status.isCancellable else {
      say(.notice(Self.whyNotCancel(download)))
      return []
    }
    say(.notice("Cancelling \(download.name)."))
    return [.cancel([id])]
  }

  mutating func retry() -> [Command] {
    guard let download = list.selected else { return [] }
    say(.notice("Trying \(download.name) again."))
    return [.retry([download.id])]
  }

  mutating func check() -> [Command] {
    guard let download = list.selected else { return [] }
    say(.notice("Asking the backend about \(download.name)."))
    return [.check([download.id])]
  }

  /// Puts the link, tags, folder and metadata back into the input pane.
  mutating func editAgain() -> [Command] {
    guard let download = list.selected else { return [] }
    input.draft = Draft(editing: download)
    input.focus = .links
    openInput()
    say(.notice("Change what is wrong and press Enter: it takes the place of the old one."))
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
