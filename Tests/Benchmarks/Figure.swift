import Foundation

/// Figures as lines for people.
enum Figure {
  static func text(_ value: Double, digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  static func print(_ name: String, _ value: Double, digits: Int) {
    print(name, text(value, digits: digits))
  }

  static func print(_ name: String, _ value: String) {
    Swift.print(
      "  " + name.padding(toLength: 34, withPad: " ", startingAt: 0)
        + String(repeating: " ", count: max(0, 10 - value.count)) + value)
  }
}

extension Array {
  /// The middle of what the items have of one figure; 0 when there are none.
  func median(_ value: (Element) -> Double) -> Double {
    let sorted = map(value).sorted()
    return sorted.isEmpty ? 0 : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
