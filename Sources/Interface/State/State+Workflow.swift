import Downloads

/// Adding what a workflow lacks.
extension State {
  /// - Parameter path: of a file on this machine; what is empty is asked for.
  mutating func openWorkflow(_ path: String) -> [Command] {
    guard !path.isEmpty else { return openPrompt(.command, "workflow ") }
    say(.notice("Reading \(PlainText.sanitized(path))..."))
    return [.readWorkflow(path)]
  }

  /// Puts the links of what is missing into the input pane, each with the place where the workflow looks
  /// for it.
  mutating func take(_ needs: [ModelNeed], of file: String) -> [Command] {
    let needs = needs.filter(\.model.isActive)
    let missing = needs.compactMap { $0.submission() }
    defer { say(Self.words(needs, of: PlainText.sanitized(file))) }
    guard !missing.isEmpty else { return [] }
    levels.close(.prompt)
    if level != .input { beginPaste() }
    input.focus = .links
    _ = input.paste(missing.map(\.url).joined(separator: "\n"))
    for submission in missing where input.places[submission.url] == nil {
      input.places[submission.url] = Draft.Place(
        folder: submission.folder?.name, name: submission.fileName)
    }
    return [.saveDraft(unqueuedDraft)] + look()
  }

  private static func words(_ needs: [ModelNeed], of file: String) -> Message {
    let unknown = needs.filter { if case .unknown = $0.status { true } else { false } }
    let missing = needs.count { $0.submission() != nil }
    guard unknown.isEmpty else {
      let names = unknown.prefix(3).map(\.model.place).joined(separator: ", ")
      let more = unknown.count > 3 ? " and \(unknown.count - 3) more" : ""
      return .problem("\(file) has no link for \(names)\(more).")
    }
    let count = "\(file) needs \(counted(needs.count, "model"))"
    guard missing > 0 else {
      return needs.isEmpty
        ? .notice("\(file) needs no models.") : .success("\(count): all are there.")
    }
    return .notice("\(count); \(missing) missing: Enter queues them.")
  }
}
