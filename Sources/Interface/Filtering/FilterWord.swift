/// A word of a filter's text: what stands before and after its operator.
struct FilterWord {
  enum Operator: String {
    case has = ":"
    case equal = "="
    case less = "<"
    case atMost = "<="
    case more = ">"
    case atLeast = ">="
  }

  /// Letters before the operator; nil for plain text.
  var name: String?
  var comparison: Operator?
  /// Without quotes.
  var value: String
  /// Offsets in characters.
  var place: Range<Int>
  var valueStart: Int

  /// Reads one word, up to a space, `&`, `|` or a parenthesis outside quotes.
  ///
  /// - Parameter position: moved behind the word.
  init(_ characters: [Character], at position: inout Int) {
    let start = position
    name = nil
    comparison = nil
    value = ""
    valueStart = start
    var isQuoted = false
    var wasQuoted = false
    while position < characters.count {
      let character = characters[position]
      if character == "\"" {
        isQuoted.toggle()
        wasQuoted = true
      } else if !isQuoted, Self.isEnd(character) {
        break
      } else if !wasQuoted, comparison == nil, let found = Self.comparison(characters, position),
        !value.isEmpty, value.allSatisfy({ $0.isLetter || $0 == "_" })
      {
        name = value
        comparison = found
        value = ""
        position += found.rawValue.count - 1
        valueStart = position + 1
      } else {
        value.append(character)
      }
      position += 1
    }
    place = start..<position
  }

  static func isEnd(_ character: Character) -> Bool {
    character.isWhitespace || "&|()".contains(character)
  }

  private static func comparison(_ characters: [Character], _ position: Int) -> Operator? {
    let character = characters[position]
    guard ":=<>".contains(character) else { return nil }
    let isLong =
      "<>".contains(character) && position + 1 < characters.count
      && characters[position + 1] == "="
    return Operator(rawValue: String(character) + (isLong ? "=" : ""))
  }
}
