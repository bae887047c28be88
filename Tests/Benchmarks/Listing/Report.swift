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
    let speed = (quiet: quiet.median(\.bytesPerSecond), loaded: loaded.median(\.bytesPerSecond))
    let rows: [(String, String)] = [
      ("requests/s answered", Figure.text(loads.median(\.requestsPerSecond), digits: 0)),
      ("failed", "\(loads.reduce(0) { $0 + $1.failures })"),
      ("bytes of an answer", Figure.text(loads.median { Double($0.answerBytes) }, digits: 0)),
      ("p50 ms", Figure.text(loads.median(\.p50), digits: 2)),
      ("p90 ms", Figure.text(loads.median(\.p90), digits: 2)),
      ("p99 ms", Figure.text(loads.median(\.p99), digits: 2)),
      ("p99.9 ms", Figure.text(loads.median(\.p999), digits: 2)),
      ("longest ms", Figure.text(loads.map(\.longest).max() ?? 0, digits: 2)),
      ("transfers without load MB/s", Figure.text(speed.quiet / 1e6, digits: 2)),
      ("transfers with load MB/s", Figure.text(speed.loaded / 1e6, digits: 2)),
      ("ratio", Figure.text(speed.loaded / speed.quiet, digits: 3)),
      (
        "engine's processors without load", Figure.text(quiet.median(\.engineProcessors), digits: 2)
      ),
      ("engine's processors with load", Figure.text(loaded.median(\.engineProcessors), digits: 2)),
      ("load's processors", Figure.text(loads.median(\.processors), digits: 2)),
    ]
    Swift.print("\n\(place)")
    for (name, value) in rows { Figure.print(name, value) }
  }
}
