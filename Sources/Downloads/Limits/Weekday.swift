/// A day of the week, numbered as Foundation's `Calendar` does.
public enum Weekday: Int, Sendable, CaseIterable {
  case sunday = 1
  case monday, tuesday, wednesday, thursday, friday, saturday

  /// `mon`, and longer forms up to the whole name, in any case.
  public init?(name: some StringProtocol) {
    let name = name.lowercased()
    let match = Self.allCases.first { $0.name.hasPrefix(name) }
    guard let match, name.count >= 3 else { return nil }
    self = match
  }

  /// Reads `mon-fri`, `sat,sun`, `fri-mon`, or a single day; nil for what is none.
  public static func days(_ text: String) -> Set<Weekday>? {
    var days: Set<Weekday> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
        .map { Weekday(name: $0.filter { $0 != " " }) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2 else {
        return nil
      }
      days.formUnion(first.days(to: last))
    }
    return days
  }

  /// `Mon`.
  public var shortName: String { name.prefix(3).capitalized }

  private var name: String { "\(self)" }

  /// This day and those that follow it, over the end of a week where need be.
  private func days(to last: Weekday) -> [Weekday] {
    let count = (last.rawValue - rawValue + 7) % 7
    return (0...count).compactMap { Weekday(rawValue: (rawValue - 1 + $0) % 7 + 1) }
  }
}
