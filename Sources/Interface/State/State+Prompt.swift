import Downloads

/// The line at the bottom while it is typed, and what it does in the end.
extension State {
  @discardableResult
  mutating func openPrompt(_ kind: Prompt.Kind, _ text: String = "") -> [Command] {
    prompt = Prompt(kind, text)
    levels.open(.prompt)
    return []
  }

  /// Follows what is typed.
  mutating func editPrompt(_ change: (inout TextField) -> Void) -> [Command] {
    guard var line = prompt else { return [] }
    let before = line.field.text
    change(&line.field)
    line.completion = nil
    prompt = line
    if line.field.text != before { follow(line) }
    return []
  }

  private mutating func follow(_ line: Prompt) {
    switch line.kind {
    case .filter: list.filter(by: line.field.text)
    case .search: follow(search: line.field.text)
    case .help: searchHelp(line.field.text)
    case .files: narrowPicker(to: line.field.text)
    case .command: break
    }
  }

  mutating func acceptPrompt() -> [Command] {
    guard let line = prompt else { return [] }
    if line.kind == .filter, let mistake = list.filter.mistake {
      prompt?.field.moveCursor(to: mistake.place.upperBound)
      say(.problem(mistake.sentence))
      return []
    }
    closePrompt()
    histories[line.kind, default: PromptHistory()].add(line.field.text.trimmingSpaces())
    switch line.kind {
    case .filter:
      if list.filter.isEmpty { leaveView() }
      return []
    case .search, .files, .help: return []
    case .command: return remember(\.commands, of: .command) + run(CommandLine(line.field.text))
    }
  }

  /// Keeps what was entered for the next run.
  private mutating func remember(
    _ part: WritableKeyPath<ScreenSettings, [String]>, of kind: Prompt.Kind
  ) -> [Command] {
    settings[keyPath: part] = histories[kind, default: PromptHistory()].lines
    return [.saveSettings(settings)]
  }

  mutating func abandonPrompt() -> [Command] {
    guard let line = prompt else { return [] }
    closePrompt()
    switch line.kind {
    case .filter: return clearFilter()
    case .search:
      list.search(for: nil)
      list.select(selectionBeforeFilter)
      return []
    case .help:
      searchHelp("")
      return []
    case .files: return narrowPicker(to: "")
    case .command: return []
    }
  }

  private mutating func closePrompt() {
    prompt = nil
    levels.close(.prompt)
  }

  /// Does an action by its name, as its key would.
  mutating func run(_ line: CommandLine) -> [Command] {
    do throws(CommandLine.Mistake) {
      return perform(try line.action(at: level), line.argument)
    } catch .empty {
      return []
    } catch {
      say(.problem(error.sentence))
      return []
    }
  }
}

// MARK: - Completion and history

extension State {
  mutating func completePrompt(by step: Int) -> [Command] {
    guard var line = prompt else { return [] }
    var completion = line.completion ?? promptCandidates
    guard !completion.candidates.isEmpty else {
      say(.notice("Nothing begins like that."))
      return []
    }
    let count = completion.candidates.count
    let next = completion.chosen.map { ($0 + step + count) % count } ?? (step > 0 ? 0 : count - 1)
    completion.chosen = next
    line.field.replace(with: completion.head + completion.candidates[next])
    line.completion = count == 1 ? nil : completion
    prompt = line
    follow(line)
    return []
  }

  /// What may stand where the line ends.
  var promptCandidates: Prompt.Completion {
    guard let line = prompt else { return Prompt.Completion(head: "", candidates: []) }
    if let completion = line.completion { return completion }
    return switch line.kind {
    case .command: CommandLine.candidates(for: line.field.text, in: self)
    case .filter: FilterField.candidates(for: line.field.text)
    case .search, .files, .help: Prompt.Completion(head: line.field.text, candidates: [])
    }
  }

  /// Goes back in the lines entered before, or on to newer ones.
  mutating func recall(by steps: Int) -> [Command] {
    guard var line = prompt else { return [] }
    let target = line.recalled + steps
    guard target >= 0 else { return [] }
    let history = histories[line.kind, default: PromptHistory()]
    if line.recalled == 0 { line.typed = line.field.text }
    guard let text = target == 0 ? line.typed : history.line(back: target) else {
      say(.notice("Nothing older was entered."))
      return []
    }
    line.recalled = target
    line.field.replace(with: text)
    line.completion = nil
    prompt = line
    follow(line)
    return []
  }
}
