import Downloads
import Foundation

/// Which downloads are shown: a text, and what it means.
struct Filter: Sendable, Equatable {
  let text: String
  /// What is wrong with the text; what was meant before goes on being shown then.
  let mistake: FilterMistake?
  private let expression: FilterExpression

  /// - Parameter last: goes on filtering while the text means nothing.
  init(_ text: String, keeping last: Filter? = nil) {
    self.text = text
    do throws(FilterMistake) {
      expression = try FilterParser.parse(text)
      mistake = nil
    } catch {
      expression = last?.expression ?? .everything
      mistake = error
    }
  }

  /// True when nothing is asked for.
  var isEmpty: Bool { text.allSatisfy(\.isWhitespace) }

  var showsEverything: Bool { expression == .everything }

  var needsSearchText: Bool { expression.contains(\.looksAnywhere) }

  /// Indices of those that match, in rising order.
  ///
  /// - Parameter searchTexts: of the same downloads, where `needsSearchText` says so.
  func matches(
    _ downloads: [Download], _ context: FilterContext, _ searchTexts: SearchText
  ) -> [Int] {
    guard !showsEverything else { return Array(downloads.indices) }
    var matching: [Int] = []
    for index in downloads.indices
    where expression.holds(downloads[index], context, searchTexts[index]) {
      matching.append(index)
    }
    return matching
  }

  /// Whether one of the downloads matches.
  ///
  /// - Parameter searchTexts: of the same downloads, where `needsSearchText` says so.
  func matches(
    _ index: Int, of downloads: [Download], _ context: FilterContext, _ searchTexts: SearchText
  ) -> Bool {
    expression.holds(downloads[index], context, searchTexts[index])
  }

  /// The texts that may stand in a field of those that match; what is excluded is none of them.
  func needles(in field: FilterField) -> [Needle] { expression.needles(in: field) }
}
