/// Finds the name that somebody meant who wrote another.
enum NearestName {
  /// The nearest of the names, nil when none is near: a third of the letters may be wrong, and at
  /// least one.
  static func to(_ text: String, among names: [String]) -> String? {
    let written = Array(text.lowercased().prefix(longest + 1))
    guard written.count <= longest else { return nil }
    let nearest = names.map { (name: $0, steps: steps(written, Array($0.lowercased()))) }
      .min { $0.steps < $1.steps }
    guard let nearest, nearest.steps <= max(1, written.count / 3) else { return nil }
    return nearest.name
  }

  /// Characters; what is longer is no slip of a finger.
  private static let longest = 64

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
