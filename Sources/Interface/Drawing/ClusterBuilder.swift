/// Collects the scalars of one character into cells.
struct ClusterBuilder {
  private var cells: [TextWidth.Cluster] = []
  private var text = ""
  private var width = 0
  private var marks = 0
  private var followsJoiner = false

  /// ncurses' `CCHARW_MAX` is 5: one spacing character and four marks.
  private static let maximumMarks = 4

  mutating func append(_ scalar: Unicode.Scalar) {
    defer { followsJoiner = scalar.value == 0x200D }
    switch ScalarWidth(scalar) {
    case .mark: appendMark(scalar)
    case .hidden: break
    case .unprintable: start(TextWidth.replacement, width: 1)
    case .letterOfFlag(let letter): start(letter, width: 1)
    case .columns(let columns):
      guard !isPartOfJoinedEmoji(scalar) else { return }
      start(String(Character(scalar)), width: columns)
    }
  }

  mutating func finished() -> [TextWidth.Cluster] {
    flush()
    return cells
  }

  private mutating func start(_ text: String, width: Int) {
    flush()
    self.text = text
    self.width = width
  }

  /// A mark without a letter before it gets the replacement character to stand on.
  private mutating func appendMark(_ scalar: Unicode.Scalar) {
    guard !text.isEmpty else { return start(TextWidth.replacement, width: 1) }
    guard marks < Self.maximumMarks else { return }
    text.unicodeScalars.append(scalar)
    marks += 1
  }

  private mutating func flush() {
    guard !text.isEmpty else { return }
    cells.append(TextWidth.Cluster(text: text, width: width))
    text = ""
    marks = 0
  }

  private func isPartOfJoinedEmoji(_ scalar: Unicode.Scalar) -> Bool {
    guard !text.isEmpty || !cells.isEmpty else { return false }
    return scalar.properties.isEmojiModifier || (followsJoiner && scalar.properties.isEmoji)
  }
}
