/// A pattern for names of files, as shells and huggingface_hub write them.
///
/// `*` stands for any text, slashes included, `?` for one character, `[a-z]` and `[!a-z]` for one of a
/// set. A pattern without a slash is compared with the last part of a path too.
public struct Glob: Sendable, Hashable {
  private enum Piece: Sendable, Hashable {
    case any
    case one
    case character(Character)
    case set([ClosedRange<Character>], isNegated: Bool)

    func matches(_ character: Character) -> Bool {
      switch self {
      case .any, .one: true
      case .character(let own): own == character
      case .set(let ranges, let isNegated):
        ranges.contains { $0.contains(character) } != isNegated
      }
    }
  }

  private let pieces: [Piece]
  private let hasSlash: Bool

  public init(_ pattern: String) {
    var rest = Array(pattern)[...]
    var pieces: [Piece] = []
    while let character = rest.popFirst() {
      switch character {
      case "*": if pieces.last != .any { pieces.append(.any) }
      case "?": pieces.append(.one)
      case "[": pieces.append(Self.takeSet(&rest) ?? .character("["))
      default: pieces.append(.character(character))
      }
    }
    self.pieces = pieces
    hasSlash = pattern.contains("/")
  }

  public func matches(_ path: String) -> Bool {
    if matches(Array(path)) { return true }
    guard !hasSlash, let slash = path.lastIndex(of: "/") else { return false }
    return matches(Array(path[path.index(after: slash)...]))
  }

  /// Goes back to the last `*` alone, so that the time is bounded by both lengths multiplied.
  private func matches(_ text: [Character]) -> Bool {
    var place = 0
    var piece = 0
    var star: (piece: Int, place: Int)?
    while place < text.count {
      if piece < pieces.count, pieces[piece] == .any {
        star = (piece, place)
        piece += 1
      } else if piece < pieces.count, pieces[piece].matches(text[place]) {
        piece += 1
        place += 1
      } else if let last = star {
        star = (last.piece, last.place + 1)
        piece = last.piece + 1
        place = last.place + 1
      } else {
        return false
      }
    }
    return pieces[piece...].allSatisfy { $0 == .any }
  }

  /// What stands between the brackets; nil when there is no closing one.
  private static func takeSet(_ rest: inout ArraySlice<Character>) -> Piece? {
    guard let first = rest.first else { return nil }
    let isNegated = first == "!" || first == "^"
    let start = rest.startIndex + (isNegated ? 1 : 0)
    // A closing bracket that comes first belongs to the set.
    guard start < rest.endIndex, let end = rest[(start + 1)...].firstIndex(of: "]") else {
      return nil
    }
    var members = rest[start..<end]
    rest = rest[(end + 1)...]
    var ranges: [ClosedRange<Character>] = []
    while let low = members.popFirst() {
      guard members.count >= 2, members.first == "-", let high = members.dropFirst().first,
        low <= high
      else {
        ranges.append(low...low)
        continue
      }
      members = members.dropFirst(2)
      ranges.append(low...high)
    }
    return .set(ranges, isNegated: isNegated)
  }
}
