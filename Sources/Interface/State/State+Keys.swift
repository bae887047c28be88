extension State {
  mutating func press(_ key: KeyPress) -> [Command] {
    if confirmation != nil, let answer = answer(key) { return answer }
    guard let action = keys.action(for: key, at: level) else { return type(key) }
    return perform(action)
  }

  /// Does an action, or says why it cannot be done.
  mutating func perform(_ action: Action, _ argument: String = "") -> [Command] {
    if let reason = action.reasonWhyNot(self) {
      say(.notice(reason))
      return []
    }
    // What was said belonged to what was done before.
    messages.dismiss()
    return action.perform(&self, argument)
  }

  /// A key without an action is text where there is a field, and else does nothing, which is said.
  private mutating func type(_ key: KeyPress) -> [Command] {
    if case .character(let character) = key, Level.texts.contains(level) {
      return edit { $0.insert(String(character)) }
    }
    let name = key.name(isUnicode: capabilities.isUnicode)
    let help = keys.action(for: .character("?"), at: level)?.name == "help"
    say(.notice("\(name) does nothing here\(help ? "; ? shows the keys" : "")."))
    return []
  }
}

// MARK: - The filter

extension State {
  /// Filters by an expression, or lets one be typed.
  mutating func openFilter(_ expression: String = "") -> [Command] {
    selectionBeforeFilter = list.selection
    guard expression.isEmpty else {
      list.filter(by: expression)
      if let mistake = list.filter.mistake { say(.problem(mistake.sentence)) }
      return []
    }
    return openPrompt(.filter, list.filter.text)
  }

  @discardableResult
  mutating func clearFilter() -> [Command] {
    leaveView()
    list.filter(by: "")
    list.select(selectionBeforeFilter ?? list.selection)
    return []
  }
}
