/// What the keys go to.
enum Level: Sendable, Hashable, CaseIterable {
  case table, detail, library, asset, input, picker, prompt, help, log, columns, sorting, copying

  /// Lists, each with a tab of its own.
  static let tables: Set<Level> = [.table, .library]
  /// Lists, and what is known of one row.
  static let rows: Set<Level> = [.table, .detail, .library, .asset]
  /// Where keys are text.
  static let texts: Set<Level> = [.input, .prompt]
  /// Where keys are commands.
  static let panes: Set<Level> = Set(allCases).subtracting(texts).subtracting([.copying])
}

/// The levels that are open, each over the one before it; there is always one.
struct LevelStack: Sendable, Equatable {
  private(set) var levels: [Level]

  init(_ base: Level) { levels = [base] }

  /// The tab that is open.
  var base: Level { levels[0] }

  var current: Level { levels[levels.count - 1] }

  /// The level that is seen through one of a single line.
  var currentPane: Level { levels.last { $0 != .prompt && $0 != .copying } ?? levels[0] }

  func contains(_ level: Level) -> Bool { levels.contains(level) }

  /// Opens a level over the others; one that is open already comes back, and what was over it ends.
  mutating func open(_ level: Level) {
    if let place = levels.firstIndex(of: level) {
      levels.removeSubrange((place + 1)...)
    } else {
      levels.append(level)
    }
  }

  /// Closes the uppermost level; the last one stays.
  mutating func close() {
    if levels.count > 1 { levels.removeLast() }
  }

  /// Closes a level wherever it is, and what is over it.
  mutating func close(_ level: Level) {
    guard let place = levels.firstIndex(of: level), place > 0 else { return }
    levels.removeSubrange(place...)
  }

  mutating func closeAll() { levels.removeSubrange(1...) }

  /// Replaces the lowest level, as a tab does.
  mutating func replaceBase(with level: Level) { levels = [level] }
}
