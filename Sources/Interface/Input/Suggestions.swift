/// Words that may stand for the one being typed, best first, and which of them is marked.
struct Suggestions: Sendable, Equatable {
  /// What has been typed of the word.
  var word = ""
  private(set) var names: [String] = []
  /// Whether the word is one of the known names already.
  private var isKnown = false
  /// Place of the marked one in `names`; nil while the cursor keys have marked none.
  private(set) var marked: Int?

  /// Most that are shown.
  static let most = 6

  init() {}

  /// - Parameters:
  ///   - known: names to choose from; of equally good ones the first come first.
  ///   - used: names that need not be proposed again.
  init(for word: String, among known: KnownNames, without used: Set<String> = []) {
    self.word = word
    guard !word.isEmpty else { return }
    names = known.matches(word, most: Self.most, without: used)
    isKnown = known.contains(word)
  }

  /// The word that a key takes; nil when there is none, or what is typed is a known name itself and
  /// nothing is marked.
  var taken: String? { marked.map { names[$0] } ?? (isKnown ? nil : names.first) }

  /// What the best one adds to the word; nil when it does not begin with it.
  var rest: String? {
    guard let taken, taken.hasPrefix(word) else { return nil }
    return String(taken.dropFirst(word.count))
  }

  /// Marks the next or the one before; false when there is none in that direction.
  mutating func mark(by step: Int) -> Bool {
    guard !names.isEmpty else { return false }
    let next = (marked ?? -1) + step
    guard marked != nil || step > 0 else { return false }
    marked = next < 0 ? nil : min(next, names.count - 1)
    return true
  }

  mutating func unmark() { marked = nil }
}

/// Names to choose from, ready to be searched at every key.
struct KnownNames: Sendable {
  private let names: [(name: String, folded: [UInt8])]

  init(_ names: [String]) {
    var seen: Set<String> = []
    self.names = names.filter { seen.insert($0).inserted }
      .map { ($0, Array($0.lowercased().utf8)) }
  }

  var all: [String] { names.map(\.name) }

  func contains(_ name: String) -> Bool { names.contains { $0.name == name } }

  /// The other names that begin with a word, then those that hold it.
  func matches(_ word: String, most: Int, without used: Set<String>) -> [String] {
    let word = Array(word.lowercased().utf8)
    var beginning: [String] = []
    var holding: [String] = []
    for (name, folded) in names where !used.contains(name) {
      if folded == word { continue }
      if folded.starts(with: word) {
        beginning.append(name)
      } else if holding.count < most, folded.holds(word) {
        holding.append(name)
      }
      if beginning.count == most { break }
    }
    return Array((beginning + holding).prefix(most))
  }
}

extension [UInt8] {
  fileprivate func holds(_ word: [UInt8]) -> Bool {
    guard word.count <= count else { return false }
    return (0...(count - word.count)).contains { start in
      self[start] == word[0] && self[start..<(start + word.count)].elementsEqual(word)
    }
  }
}
