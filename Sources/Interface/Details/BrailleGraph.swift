/// Numbers over time as dots, two a cell across and four a cell up (Unicode, Braille Patterns).
enum BrailleGraph {
  /// Lines from top to bottom, filled from the numbers down; the newest number stands at the right.
  ///
  /// - Parameter height: lines, 1 or more.
  static func lines(_ numbers: [Int64], width: Int, height: Int) -> [String] {
    guard width > 0, height > 0 else { return [] }
    let shown = Array(numbers.suffix(width * 2))
    guard let highest = shown.max(), highest > 0 else { return [] }
    let columns = shown.map { dots(of: $0, highest: highest, of: height * 4) }
    return (0..<height).map { line in
      let floor = (height - 1 - line) * 4
      return stride(from: 0, to: columns.count, by: 2).map { column in
        let right = column + 1 < columns.count ? columns[column + 1] : 0
        return cell(left: columns[column] - floor, right: right - floor)
      }.joined()
    }
  }

  /// Rounded up: what is not nothing shows.
  private static func dots(of number: Int64, highest: Int64, of most: Int) -> Int {
    guard number > 0 else { return 0 }
    return max(1, Int((Double(number) / Double(highest) * Double(most)).rounded()))
  }

  private static func cell(left: Int, right: Int) -> String {
    var pattern: UInt32 = 0
    for dot in 0..<4 {
      if left > dot { pattern |= leftDots[dot] }
      if right > dot { pattern |= rightDots[dot] }
    }
    // The block has a character for each of the 256 patterns.
    return Unicode.Scalar(0x2800 + pattern).map { String(Character($0)) } ?? " "
  }

  /// The dots of a cell's columns from the bottom up.
  private static let leftDots: [UInt32] = [0x40, 0x04, 0x02, 0x01]
  private static let rightDots: [UInt32] = [0x80, 0x20, 0x10, 0x08]
}
