/// Why a filter's text means nothing, and where.
struct FilterMistake: Error, Sendable, Equatable {
  /// Offsets in characters of what is wrong; never empty but at the end of the text.
  let place: Range<Int>
  /// One sentence for people.
  let sentence: String
}
