/// The simple commands of a line for the shell, each as its words.
///
/// It knows what examples need: quotes, pipes and lists, redirections, comments, and `$(…)`, whose commands
/// are commands of the line as well. The names of variables stay.
struct ShellWords {
  private(set) var commands: [[String]] = []
  private var words: [String] = []
  private var word: String?
  /// The next word is where something is redirected to.
  private var isRedirected = false
  private var rest: Substring

  init(_ line: String) {
    rest = line[...]
    while let character = rest.popFirst() { take(character) }
    endCommand()
  }

  private mutating func take(_ character: Character) {
    switch character {
    case "'": word = (word ?? "") + upTo("'")
    case "\"": takeDoubleQuoted()
    case "$" where rest.first == "(": takeSubstitution()
    case "\\": word = (word ?? "") + (rest.popFirst().map(String.init) ?? "")
    case "#" where word == nil: _ = upTo("\n")
    case "|", ";", "&", "\n": endCommand()
    case ">", "<":
      endWord()
      isRedirected = true
    case " ", "\t": endWord()
    default: word = (word ?? "") + String(character)
    }
  }

  private mutating func takeDoubleQuoted() {
    word = word ?? ""
    while let character = rest.popFirst(), character != "\"" {
      if character == "$", rest.first == "(" {
        takeSubstitution()
      } else {
        word?.append(character)
      }
    }
  }

  private mutating func takeSubstitution() {
    rest.removeFirst()
    commands += ShellWords(String(upTo(")"))).commands
    word = (word ?? "") + "substituted"
  }

  private mutating func upTo(_ end: Character) -> Substring {
    let part = rest.prefix { $0 != end }
    rest = rest[part.endIndex...].dropFirst()
    return part
  }

  private mutating func endWord() {
    guard let ended = word else { return }
    if !isRedirected { words.append(ended) }
    isRedirected = false
    word = nil
  }

  private mutating func endCommand() {
    endWord()
    if !words.isEmpty { commands.append(words) }
    words = []
  }
}
