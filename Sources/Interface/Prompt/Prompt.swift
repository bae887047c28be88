/// The one line at the bottom that is being typed.
struct Prompt: Sendable {
  enum Kind: Sendable, Hashable, CaseIterable {
    /// Words that the downloads shown must have.
    case filter
    /// Words or a pattern that the files of the picker must match.
    case files
    /// Words that downloads are found by.
    case search
    /// An action by its name.
    case command
    /// Words that the actions shown in the help must have.
    case help

    /// What stands before the text.
    var title: String {
      switch self {
      case .filter: "Filter: "
      case .files: "Files: "
      case .search: "/"
      case .command: ":"
      case .help: "Search: "
      }
    }
  }

  let kind: Kind
  var field: TextField
  /// What the keys have changed nothing of since it was completed; nil after any other key.
  var completion: Completion?
  /// How many lines back in the history this one is; 0 for one that is new.
  var recalled = 0
  /// What was typed before the history was looked at.
  var typed = ""

  init(_ kind: Kind, _ text: String = "") {
    self.kind = kind
    field = TextField(text)
  }

  /// The words that fit where the cursor stands, one of them in the line.
  struct Completion: Sendable, Equatable {
    /// The line up to the word.
    var head: String
    var candidates: [String]
    /// Nil before the first was taken.
    var chosen: Int?
  }
}

/// The lines entered before, newest last; each once.
struct PromptHistory: Sendable, Equatable {
  private(set) var lines: [String] = []

  static let longest = 100

  init(_ lines: [String] = []) { self.lines = Array(lines.suffix(Self.longest)) }

  mutating func add(_ line: String) {
    guard !line.isEmpty else { return }
    lines.removeAll { $0 == line }
    lines.append(line)
    if lines.count > Self.longest { lines.removeFirst() }
  }

  /// The line so many steps back, from 1; nil beyond the oldest.
  func line(back steps: Int) -> String? {
    lines.indices.contains(lines.count - steps) ? lines[lines.count - steps] : nil
  }
}
