/// Which key does what: the keys of the action table with the user's changes.
public struct KeyMap: Sendable {
  private let keys: [String: [KeyPress]]
  private let lookup: [Level: [KeyPress: Action]]

  /// Keys that always do what they do, so that no configuration locks anybody in.
  static let fixed: Set<KeyPress> = [.control("c"), .control("z")]

  /// - Parameter changes: keys by the names of actions, in place of the table's own. A key that one
  ///   of them takes is no longer another action's where both could be meant.
  public init(changes: [String: [KeyPress]] = [:]) {
    var lookup: [Level: [KeyPress: Action]] = [:]
    let changed = ActionTable.actions.filter { changes[$0.name] != nil }
    let others = ActionTable.actions.filter { changes[$0.name] == nil }
    func bind(_ action: Action, _ keys: [KeyPress]) {
      for level in action.levels {
        for key in keys where lookup[level]?[key] == nil {
          lookup[level, default: [:]][key] = action
        }
      }
    }
    for action in others { bind(action, action.keys.filter(Self.fixed.contains)) }
    for action in changed { bind(action, changes[action.name, default: []]) }
    for action in others { bind(action, action.keys) }
    self.lookup = lookup
    keys = changes
  }

  func action(for key: KeyPress, at level: Level) -> Action? { lookup[level]?[key] }

  /// The keys that do an action somewhere, the first one being its own first choice.
  func keys(of action: Action) -> [KeyPress] {
    let wished = keys[action.name] ?? action.keys
    return wished.filter { key in
      action.levels.contains { lookup[$0]?[key]?.name == action.name }
    }
  }

  /// The keys that do an action at a level.
  func keys(of action: Action, at level: Level) -> [KeyPress] {
    keys(of: action).filter { lookup[level]?[$0]?.name == action.name }
  }

  /// The names that the configuration can give keys to.
  public static var actionNames: [String] {
    var seen: Set<String> = []
    return ActionTable.actions.map(\.name).filter { seen.insert($0).inserted }
  }
}
