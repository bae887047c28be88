import Foundation

/// What one run of a screen showed.
struct ScreenFigures {
  /// Milliseconds from the start of the program.
  var firstOutput: Double
  var bytesPerSecond: Double
  /// Per cent of one processor.
  var processor: Double
  /// Megabytes.
  var peakMemory: Double
  /// Milliseconds from each key to the next output.
  var latencies: [Double]

  /// The median of each figure; the keys of all runs are taken together.
  static func median(of runs: [ScreenFigures]) -> ScreenFigures {
    ScreenFigures(
      firstOutput: runs.median(\.firstOutput), bytesPerSecond: runs.median(\.bytesPerSecond),
      processor: runs.median(\.processor), peakMemory: runs.median(\.peakMemory),
      latencies: runs.flatMap(\.latencies))
  }

  func print() {
    Figure.print("first output ms", firstOutput, digits: 1)
    Figure.print("bytes/s to the terminal", bytesPerSecond, digits: 0)
    Figure.print("processor %", processor, digits: 2)
    Figure.print("peak memory MB", peakMemory, digits: 1)
    guard !latencies.isEmpty else { return }
    Figure.print("key to picture, median ms", latencies.median(\.self), digits: 1)
    let last = Int(Double(latencies.count) * 0.99)
    Figure.print(
      "key to picture, p99 ms", latencies.sorted()[min(last, latencies.count - 1)], digits: 1)
  }
}
