/// What no two runs of the tour have equal: speeds, times, bars and graphs.
enum MovingFigures {
  /// Whether two pages or pictures say the same apart from them.
  static func areAll(between one: String, and other: String) -> Bool {
    masked(one) == masked(other)
  }

  /// The text with one mark for each figure, and one blank for several.
  static func masked(_ text: String) -> String {
    text.replacing(/\b(?:x|y|width|height)="[0-9.]+"/, with: "~")
      .replacing(/[█▉▊▋▌▍▎▏▒▶·#.]{5,}|[▁-█\u{2800}-\u{28FF}]+/, with: "~")
      .replacing(/>?(?:\d+[dhms])+\b|\d+%|[0-9.]+ [kMGT]?B(?:\/s)?\b|\(\d+\)/, with: "~")
      .replacing(/–|[ ]-[ ]/, with: " ~ ")
      .replacing(/[ ~]+/, with: " ")
  }
}
