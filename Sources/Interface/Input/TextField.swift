/// A text being edited: its characters and where the cursor stands.
///
/// A line end is the one character `\n`; a field of one line holds none.
struct TextField: Sendable, Equatable {
  enum Edit: Sendable, Hashable {
    case left, right, home, end, backspace, delete, deleteWord, deleteToStart, deleteToEnd
  }

  let isMultiline: Bool
  private(set) var characters: [Character] = []
  /// Number of characters before the cursor.
  private(set) var cursor = 0

  init(_ text: String = "", isMultiline: Bool = false) {
    self.isMultiline = isMultiline
    insert(text)
  }

  var text: String { String(characters) }
  var isEmpty: Bool { characters.isEmpty }
  var isAtEnd: Bool { cursor == characters.count }

  /// Puts text in at the cursor. Control characters are left out: nothing reads them.
  mutating func insert(_ text: String) {
    var head = String(characters[..<cursor])
    for scalar in Self.normalized(text).unicodeScalars where isAllowed(scalar) {
      head.unicodeScalars.append(scalar == "\n" && !isMultiline ? " " : scalar)
    }
    // A combining mark joins the character before it, so the characters are counted anew.
    let tail = String(characters[cursor...])
    characters = Array(head + tail)
    cursor = max(0, characters.count - tail.count)
  }

  mutating func replace(with text: String) {
    characters = []
    cursor = 0
    insert(text)
  }

  mutating func moveCursor(to offset: Int) { cursor = max(0, min(offset, characters.count)) }

  private static func normalized(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      defer { last = scalar }
      if scalar == "\n", last == "\r" { continue }
      result.append(scalar == "\r" ? "\n" : scalar == "\t" ? " " : scalar)
    }
    return String(result)
  }

  private func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar.properties.generalCategory != .control
  }
}

extension TextField {
  mutating func apply(_ edit: Edit) {
    switch edit {
    case .left: moveCursor(to: cursor - 1)
    case .right: moveCursor(to: cursor + 1)
    case .home: cursor = lineStart
    case .end: cursor = lineEnd
    case .backspace: delete(from: cursor - 1, to: cursor)
    case .delete: delete(from: cursor, to: cursor + 1)
    case .deleteWord: delete(from: wordStart, to: cursor)
    case .deleteToStart: delete(from: lineStart, to: cursor)
    case .deleteToEnd: delete(from: cursor, to: lineEnd)
    }
  }

  private mutating func delete(from start: Int, to end: Int) {
    let range = max(0, start)..<min(end, characters.count)
    guard !range.isEmpty else { return }
    let tail = String(characters[range.upperBound...])
    characters = Array(String(characters[..<range.lowerBound]) + tail)
    cursor = max(0, characters.count - tail.count)
  }

  private var wordStart: Int {
    var index = cursor
    while index > lineStart, characters[index - 1].isWhitespace { index -= 1 }
    while index > lineStart, !characters[index - 1].isWhitespace { index -= 1 }
    return index
  }
}

extension TextField {
  /// The lines without their ends; one empty line when there is no text.
  var lines: [String] {
    characters.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  }

  /// Line and offset in the line at which the cursor stands, both from 0.
  var cursorPlace: (line: Int, offset: Int) {
    (characters[..<cursor].count { $0 == "\n" }, cursor - lineStart)
  }

  /// Puts the cursor at the end of a line.
  mutating func moveCursor(toEndOfLine line: Int) {
    let lengths = lines.prefix(line + 1).map(\.count)
    moveCursor(to: lengths.reduce(0, +) + max(0, lengths.count - 1))
  }

  /// Moves the cursor by lines; false when there is no such line.
  mutating func moveCursor(byLines step: Int) -> Bool {
    let (line, offset) = cursorPlace
    let lines = lines
    guard lines.indices.contains(line + step) else { return false }
    let before = lines[..<(line + step)].reduce(0) { $0 + $1.count + 1 }
    cursor = before + min(offset, lines[line + step].count)
    return true
  }

  private var lineStart: Int {
    characters[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  private var lineEnd: Int {
    characters[cursor...].firstIndex(of: "\n") ?? characters.count
  }
}
