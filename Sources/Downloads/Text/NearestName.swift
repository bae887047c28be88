/// Finds the name that somebody meant who wrote another.
public enum NearestName {
  /// The nearest of the names, nil when none is near: a third of the letters may be wrong, and at
  /// least one.
  public static func to(_ text: String, among names: [String]) -> String? {
    guard let written = letters(text) else { return nil }
    let nearest = names.map { (name: $0, steps: steps(written, Array($0.lowercased()))) }
      .min { $0.steps < $1.steps }
    guard let nearest, nearest.steps <= max(1, written.count / 3) else { return nil }
    return nearest.name
  }

  /// At most three paths that may be meant, the nearest first: those that are near as a whole, and
  /// those of the same last part in another place.
  public static func all(to path: String, among paths: [String]) -> [String] {
    guard let written = letters(path) else { return [] }
    let last = Self.last(path)
    let near = paths.prefix(mostPaths).compactMap { other -> (path: String, steps: Int)? in
      guard other != path else { return nil }
      if Self.last(other) == last { return (other, 0) }
      guard abs(other.count - written.count) <= written.count / 2 else { return nil }
      let count = steps(written, Array(other.lowercased()))
      return count <= max(2, written.count / 3) ? (other, count) : nil
    }
    return near.sorted { ($0.steps, $0.path) < ($1.steps, $1.path) }.prefix(3).map(\.path)
  }

  /// Characters; what is longer is no slip of a finger.
  private static let longest = 128
  /// Paths that are looked at: each costs as many steps as both lengths multiplied.
  private static let mostPaths = 2000

  private static func letters(_ text: String) -> [Character]? {
    let letters = Array(text.lowercased().prefix(longest + 1))
    return letters.count <= longest ? letters : nil
  }

  private static func last(_ path: String) -> String {
    path.split(separator: "/").last.map { $0.lowercased() } ?? ""
  }

  /// How many letters must be changed, added, left out or exchanged with their neighbour.
  private static func steps(_ a: [Character], _ b: [Character]) -> Int {
    var rows = [Array(0...b.count)]
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        let change = rows[i][j] + (a[i] == b[j] ? 0 : 1)
        var best = min(change, rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
