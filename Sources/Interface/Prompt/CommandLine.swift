import Downloads

/// What was typed after `:`: an action's name, and what follows it.
struct CommandLine: Equatable {
  let name: String
  let argument: String

  init(_ text: String) {
    let text = text.trimmingSpaces()
    let name = text.prefix { !$0.isWhitespace }
    self.name = String(name)
    argument = String(text.dropFirst(name.count)).trimmingSpaces()
  }
}

extension CommandLine {
  enum Mistake: Error, Equatable {
    case empty
    case unknown(String, nearest: String?)
    case ambiguous(String, between: [String])
    case notHere(String)
    case takesNothing(String)

    var sentence: String {
      switch self {
      case .empty: "Nothing was typed."
      case .unknown(let name, let nearest?): "There is no command \(name). Did you mean \(nearest)?"
      case .unknown(let name, nil): "There is no command \(name); ? shows all of them."
      case .ambiguous(let name, let names):
        "\(name) may be \(names.dropLast().joined(separator: ", ")) or \(names[names.count - 1])."
      case .notHere(let name): "\(name) cannot be done here."
      case .takesNothing(let name): "\(name) takes nothing after it."
      }
    }
  }

  /// The action that is meant at a level: by its name, or by the only one that begins so.
  func action(at level: Level) throws(Mistake) -> Action {
    guard !name.isEmpty else { throw .empty }
    let here = Self.actions(at: level)
    let begun = here.filter { $0.name.hasPrefix(name) }
    let exact = here.first { $0.name == name }
    guard let action = exact ?? (begun.count == 1 ? begun.first : nil) else {
      if begun.count > 1 { throw .ambiguous(name, between: begun.map(\.name)) }
      if ActionTable.actions.contains(where: { $0.name == name }) { throw .notHere(name) }
      throw .unknown(name, nearest: NearestName.to(name, among: here.map(\.name)))
    }
    if action.parameter == nil, !argument.isEmpty { throw .takesNothing(action.name) }
    return action
  }

  static func actions(at level: Level) -> [Action] {
    ActionTable.actions.filter { $0.levels.contains(level) && $0.name != "command" }
  }

  /// The words that may stand where the text ends, those that begin like it first.
  static func candidates(for text: String, in state: State) -> Prompt.Completion {
    let level = state.levels.currentPane
    guard let space = text.firstIndex(where: \.isWhitespace) else {
      return Prompt.Completion(
        head: "", candidates: matches(actions(at: level).map(\.name), text))
    }
    let rest = text[text.index(after: space)...]
    let word = rest.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init)
    let head = String(text.dropLast(word?.count ?? 0))
    let action = try? CommandLine(String(text[..<space])).action(at: level)
    return Prompt.Completion(
      head: head, candidates: matches(action?.parameter?.candidates(state) ?? [], word ?? ""))
  }

  private static func matches(_ words: [String], _ text: String) -> [String] {
    let begun = words.filter { $0.hasPrefix(text) }
    return begun + words.filter { !$0.hasPrefix(text) && $0.contains(text) }
  }
}
