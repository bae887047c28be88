import Downloads

/// Tags as typed: separated by commas or spaces, each kept once.
struct TagText: Sendable, Equatable {
  let tags: [String]
  /// What is wrong, nil when nothing is.
  let problem: String?

  init(_ text: String) {
    var tags: [String] = []
    for part in text.split(whereSeparator: Self.isSeparator) {
      let tag = String(part)
      if !tags.contains(tag) { tags.append(tag) }
    }
    self.tags = tags
    if tags.count > Tag.maximumCount {
      problem = "There are \(tags.count) tags; a download can have \(Tag.maximumCount)."
    } else {
      problem = tags.allSatisfy(Tag.isValid) ? nil : Tag.rule
    }
  }

  static func isSeparator(_ character: Character) -> Bool {
    character == "," || character.isWhitespace
  }

  /// The tag that ends at the cursor; empty between two.
  static func word(in field: TextField) -> String {
    let head = field.text.prefix(field.cursor)
    let after = field.text.dropFirst(field.cursor).first
    guard after.map(isSeparator) ?? true else { return "" }
    return String(head.suffix(while: { !isSeparator($0) }))
  }
}

extension Substring {
  fileprivate func suffix(while isWanted: (Character) -> Bool) -> Substring {
    var start = endIndex
    while start > startIndex, isWanted(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
}
