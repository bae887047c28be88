/// A text being edited: its lines, and where the cursor stands.
///
/// A key changes one line, so it costs as much as that line is long, however many there are.
struct TextField: Sendable, Equatable {
  enum Edit: Sendable, Hashable {
    case left, right, home, end, backspace, delete, deleteWord, deleteToStart, deleteToEnd
  }

  /// A place between two characters, or at an end.
  struct Place: Sendable, Equatable {
    /// Counted from 0.
    var line: Int
    /// Characters before it in its line.
    var offset: Int
  }

  let isMultiline: Bool
  /// Without their ends; at least one, and no more in a field of one line.
  private(set) var lines = [""]
  private(set) var cursorPlace = Place(line: 0, offset: 0)

  /// Characters of a line; what is longer is cut, because nothing that is read here is so long.
  static let longestLine = 1 << 16

  init(_ text: String = "", isMultiline: Bool = false) {
    self.isMultiline = isMultiline
    insert(text)
  }

  var text: String { lines.count == 1 ? lines[0] : lines.joined(separator: "\n") }
  var isEmpty: Bool { lines.count == 1 && lines[0].isEmpty }
  /// Characters before the cursor in its line.
  var cursor: Int { cursorPlace.offset }
  var isAtEnd: Bool {
    cursorPlace.line == lines.count - 1 && cursor == lines[lines.count - 1].count
  }

  /// Puts text in at the cursor. Control characters are left out: nothing reads them.
  mutating func insert(_ text: String) {
    insert(lines: CleanLines.of(text))
  }

  /// Puts lines in at the cursor, in a field of one line with spaces between them.
  private mutating func insert(lines new: [String]) {
    var new = isMultiline ? new : [new.joined(separator: " ")]
    let (head, tail) = halves
    new[0] = head + new[0]
    // A combining mark joins the character before it, so the characters are counted anew.
    let last = new.count - 1
    new[last] = new[last] + tail
    new = new.map { $0.utf8.count > Self.longestLine ? String($0.prefix(Self.longestLine)) : $0 }
    lines.replaceSubrange(cursorPlace.line...cursorPlace.line, with: new)
    cursorPlace = Place(
      line: cursorPlace.line + last, offset: max(0, new[last].count - tail.count))
  }

  mutating func replace(with text: String) {
    lines = [""]
    cursorPlace = Place(line: 0, offset: 0)
    insert(text)
  }

  /// What stands before and after the cursor in its line.
  private var halves: (head: String, tail: String) {
    let line = lines[cursorPlace.line]
    let split = line.index(line.startIndex, offsetBy: cursorPlace.offset)
    return (String(line[..<split]), String(line[split...]))
  }
}

// MARK: - Moving

extension TextField {
  /// Puts the cursor behind so many characters of the text, a line end being one.
  mutating func moveCursor(to offset: Int) {
    var left = max(0, offset)
    for (line, text) in lines.enumerated() {
      let count = text.count
      if left <= count {
        cursorPlace = Place(line: line, offset: left)
        return
      }
      left -= count + 1
    }
    moveCursorToEnd()
  }

  mutating func moveCursorToEnd() { moveCursor(toEndOfLine: lines.count - 1) }

  /// Puts the cursor at the end of a line.
  mutating func moveCursor(toEndOfLine line: Int) {
    let line = max(0, min(line, lines.count - 1))
    cursorPlace = Place(line: line, offset: lines[line].count)
  }

  /// Moves the cursor by lines; false when there is no such line.
  mutating func moveCursor(byLines step: Int) -> Bool {
    let line = cursorPlace.line + step
    guard lines.indices.contains(line) else { return false }
    cursorPlace = Place(line: line, offset: min(cursorPlace.offset, lines[line].count))
    return true
  }

  private mutating func moveLeft() {
    if cursorPlace.offset > 0 {
      cursorPlace.offset -= 1
    } else if cursorPlace.line > 0 {
      moveCursor(toEndOfLine: cursorPlace.line - 1)
    }
  }

  private mutating func moveRight() {
    if cursorPlace.offset < lines[cursorPlace.line].count {
      cursorPlace.offset += 1
    } else if cursorPlace.line + 1 < lines.count {
      cursorPlace = Place(line: cursorPlace.line + 1, offset: 0)
    }
  }
}

// MARK: - Editing

extension TextField {
  mutating func apply(_ edit: Edit) {
    let (line, offset) = (cursorPlace.line, cursorPlace.offset)
    switch edit {
    case .left: moveLeft()
    case .right: moveRight()
    case .home: cursorPlace.offset = 0
    case .end: cursorPlace.offset = lines[line].count
    case .backspace where offset > 0: delete(from: offset - 1, to: offset)
    case .backspace where line > 0: joinLine(before: line)
    case .delete where offset < lines[line].count: delete(from: offset, to: offset + 1)
    case .delete where line + 1 < lines.count: joinLine(before: line + 1)
    case .backspace, .delete: break
    case .deleteWord: delete(from: wordStart, to: offset)
    case .deleteToStart: delete(from: 0, to: offset)
    case .deleteToEnd: delete(from: offset, to: lines[line].count)
    }
  }

  /// Deletes characters of the cursor's line.
  private mutating func delete(from start: Int, to end: Int) {
    let line = lines[cursorPlace.line]
    let head = line.prefix(start)
    let tail = line.dropFirst(end)
    let joined = String(head + tail)
    lines[cursorPlace.line] = joined
    cursorPlace.offset = max(0, joined.count - tail.count)
  }

  /// Appends a line to the one before it.
  private mutating func joinLine(before line: Int) {
    let tail = lines.remove(at: line)
    lines[line - 1] += tail
    cursorPlace = Place(line: line - 1, offset: max(0, lines[line - 1].count - tail.count))
  }

  private var wordStart: Int {
    let characters = Array(lines[cursorPlace.line].prefix(cursorPlace.offset))
    var index = characters.count
    while index > 0, characters[index - 1].isWhitespace { index -= 1 }
    while index > 0, !characters[index - 1].isWhitespace { index -= 1 }
    return index
  }
}
