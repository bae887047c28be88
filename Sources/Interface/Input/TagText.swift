import Downloads

/// Tags as typed: separated by commas or spaces, each kept once.
struct TagText: Sendable, Equatable {
  let tags: [String]
  /// What is wrong, nil when nothing is.
  let problem: String?

  init(_ text: String) {
    var tags: [String] = []
    for part in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
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
}
