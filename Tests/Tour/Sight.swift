/// What a step waits for on the screen.
struct Sight: Sendable, ExpressibleByStringLiteral {
  let description: String
  let isOn: @Sendable (_ screen: String) -> Bool

  init(_ description: String, isOn: @escaping @Sendable (String) -> Bool) {
    self.description = description
    self.isOn = isOn
  }

  init(stringLiteral text: String) {
    self.init("‘\(text)’") { $0.contains(text) }
  }

  static func without(_ text: String) -> Sight {
    Sight("no ‘\(text)’") { !$0.contains(text) }
  }

  /// A shell that waits, below nothing: what is typed earlier would be cleared.
  static let onlyPrompt = Sight("a prompt alone") { screen in
    screen.split(separator: "\n").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty } == ["$"]
  }

  /// A screen whose last line, of so many, has the keys.
  static func rows(_ count: Int) -> Sight {
    Sight("\(count) lines") { screen in
      screen.split(separator: "\n", omittingEmptySubsequences: false).prefix(count).last?
        .contains("a add") ?? false
    }
  }

  /// A line that has all of the texts.
  static func row(_ texts: String...) -> Sight {
    Sight("a row with \(texts.joined(separator: ", "))") { screen in
      screen.split(separator: "\n").contains { line in texts.allSatisfy(line.contains) }
    }
  }

  /// All downloads together are no faster, in megabytes per second.
  static func totalSpeed(atMost most: Double) -> Sight {
    Sight("\(most) MB/s or less") { screen in
      screen.prefix { $0 != "\n" }.matches(of: /([0-9.]+) MB\/s/).last
        .flatMap { Double($0.1) }.map { $0 <= most } ?? false
    }
  }

  /// So many of a mark on the screen, or more.
  static func several(_ mark: Character, _ count: Int) -> Sight {
    Sight("\(count) of \(mark)") { screen in screen.count { $0 == mark } >= count }
  }

  /// A line that has one text, and below it one that has the other.
  static func order(_ first: String, _ second: String) -> Sight {
    Sight("\(first) above \(second)") { screen in
      let lines = screen.split(separator: "\n")
      guard let upper = lines.firstIndex(where: { $0.contains(first) }),
        let lower = lines.firstIndex(where: { $0.contains(second) })
      else { return false }
      return upper < lower
    }
  }

  /// A download that has come so far.
  static func progress(of name: String, _ percents: ClosedRange<Int>) -> Sight {
    Sight("\(name) between \(percents.lowerBound) and \(percents.upperBound) %") { screen in
      screen.split(separator: "\n").contains { line in
        guard line.contains(name), let match = line.firstMatch(of: /(\d+)%/) else { return false }
        return Int(match.1).map(percents.contains) ?? false
      }
    }
  }
}
