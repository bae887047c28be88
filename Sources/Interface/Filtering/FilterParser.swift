/// Reads a filter's text: terms, `!` before them, `&` or nothing between them, `|`, parentheses.
///
/// `|` binds least. In a value it offers another one: `tag:flux|sdxl`.
struct FilterParser {
  private let characters: [Character]
  private var position = 0
  private var depth = 0

  /// Parentheses in each other: nobody writes more, and each costs stack.
  private static let deepest = 50

  static func parse(_ text: String) throws(FilterMistake) -> FilterExpression {
    var parser = FilterParser(characters: Array(text))
    parser.skipSpaces()
    guard parser.next != nil else { return .everything }
    let expression = try parser.parseAny()
    guard parser.next == nil else { throw parser.mistake("There is no ( before this ).") }
    return expression
  }

  private init(characters: [Character]) { self.characters = characters }

  private var next: Character? {
    position < characters.count ? characters[position] : nil
  }

  private mutating func skipSpaces() {
    while let next, next.isWhitespace { position += 1 }
  }

  private func mistake(_ sentence: String, at place: Range<Int>? = nil) -> FilterMistake {
    let here = position..<min(position + 1, characters.count)
    return FilterMistake(place: place ?? here, sentence: sentence)
  }

  private mutating func parseAny() throws(FilterMistake) -> FilterExpression {
    var choices = [try parseAll()]
    while next == "|" {
      try takeOperator()
      choices.append(try parseAll())
    }
    return choices.count == 1 ? choices[0] : .any(choices)
  }

  private mutating func parseAll() throws(FilterMistake) -> FilterExpression {
    var parts = [try parseNot()]
    while let next, next != "|", next != ")" {
      if next == "&" { try takeOperator() }
      parts.append(try parseNot())
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// `&` or `|`, also written twice, which needs something on both sides.
  private mutating func takeOperator() throws(FilterMistake) {
    let place = position..<(position + 1)
    let sign = characters[position]
    position += 1
    if next == sign { position += 1 }
    skipSpaces()
    guard let next, next != ")" else {
      throw mistake("Something must follow the \(sign).", at: place)
    }
  }

  private mutating func parseNot() throws(FilterMistake) -> FilterExpression {
    var isNot = false
    while next == "!" {
      let place = position..<(position + 1)
      isNot.toggle()
      position += 1
      skipSpaces()
      if next == nil { throw mistake("Something must follow the !.", at: place) }
    }
    let expression = try parsePrimary()
    skipSpaces()
    return isNot ? .not(expression) : expression
  }

  private mutating func parsePrimary() throws(FilterMistake) -> FilterExpression {
    switch next {
    case "(": return try parseGroup()
    case ")": throw mistake(depth > 0 ? "Nothing is between ( and )." : "There is no ( before it.")
    case "&"?, "|"?: throw mistake("Something must stand before it.")
    default: return try parseTerm()
    }
  }

  private mutating func parseGroup() throws(FilterMistake) -> FilterExpression {
    let place = position..<(position + 1)
    position += 1
    depth += 1
    guard depth <= Self.deepest else { throw mistake("These are too many (.", at: place) }
    skipSpaces()
    guard next != nil else { throw mistake("The ( is not closed.", at: place) }
    let expression = try parseAny()
    guard next == ")" else { throw mistake("The ( is not closed.", at: place) }
    position += 1
    depth -= 1
    return expression
  }

  private mutating func parseTerm() throws(FilterMistake) -> FilterExpression {
    let word = FilterWord(characters, at: &position)
    let term = try FilterTerm(word)
    guard let name = word.name, word.comparison == .has || word.comparison == .equal,
      let field = FilterField(typed: name), !field.kind.isNumber
    else { return .term(term) }
    var choices = [FilterExpression.term(term)]
    while let another = takeAlternative() {
      var choice = another
      choice.name = word.name
      choice.comparison = word.comparison
      choices.append(.term(try FilterTerm(choice)))
    }
    return choices.count == 1 ? choices[0] : .any(choices)
  }

  /// `|hf` right behind a value. What has a field of its own, or a space before it, is no value.
  private mutating func takeAlternative() -> FilterWord? {
    guard next == "|", position + 1 < characters.count,
      !FilterWord.isEnd(characters[position + 1]), characters[position + 1] != "!"
    else { return nil }
    var end = position + 1
    let word = FilterWord(characters, at: &end)
    guard word.name == nil else { return nil }
    position = end
    return word
  }
}
