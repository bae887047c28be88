import Foundation

/// A stretch of time: what the transfers and the requests did in it.
struct Window {
  var bytesPerSecond: Double
  /// Seconds of processor time that the engine took in each second.
  var engineProcessors: Double
  /// Nil without load.
  var load: LoadResult?
}

/// The medians of the windows of each kind, as lines for people.
struct Report {
  let place: String
  let quiet: [Window]
  let loaded: [Window]

  func print() {
    let loads = loaded.compactMap(\.load)
    let speed = (quiet: median(quiet, \.bytesPerSecond), loaded: median(loaded, \.bytesPerSecond))
    let rows: [(String, String)] = [
      ("requests/s answered", format(median(loads, \.requestsPerSecond), 0)),
      ("failed", "\(loads.reduce(0) { $0 + $1.failures })"),
      ("bytes of an answer", format(median(loads) { Double($0.answerBytes) }, 0)),
      ("p50 ms", format(median(loads, \.p50), 2)), ("p90 ms", format(median(loads, \.p90), 2)),
      ("p99 ms", format(median(loads, \.p99), 2)), ("p99.9 ms", format(median(loads, \.p999), 2)),
      ("longest ms", format(loads.map(\.longest).max() ?? 0, 2)),
      ("transfers without load MB/s", format(speed.quiet / 1e6, 2)),
      ("transfers with load MB/s", format(speed.loaded / 1e6, 2)),
      ("ratio", format(speed.loaded / speed.quiet, 3)),
      ("engine's processors without load", format(median(quiet, \.engineProcessors), 2)),
      ("engine's processors with load", format(median(loaded, \.engineProcessors), 2)),
      ("load's processors", format(median(loads, \.processors), 2)),
    ]
    Swift.print("\n\(place)")
    for (name, value) in rows {
      Swift.print(
        "  " + name.padding(toLength: 34, withPad: " ", startingAt: 0)
          + String(repeating: " ", count: max(0, 10 - value.count)) + value)
    }
  }

  private func median<Item>(_ items: [Item], _ value: (Item) -> Double) -> Double {
    let sorted = items.map(value).sorted()
    return sorted.isEmpty ? 0 : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  private func format(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
