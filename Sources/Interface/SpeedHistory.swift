import Foundation

/// The total speed of the last minutes, one number every few seconds.
struct SpeedHistory: Sendable, Equatable {
  /// Seconds that one number stands for.
  static let step: Double = 4
  static let most = 16

  /// Bytes per second, oldest first.
  private(set) var speeds: [Int64] = []
  private var lastStep: Int?

  mutating func note(_ bytesPerSecond: Int64, at time: Date) {
    let step = Int(time.timeIntervalSince1970 / Self.step)
    guard step != lastStep else { return }
    lastStep = step
    // Before anything has moved there is nothing to draw.
    guard bytesPerSecond > 0 || !speeds.isEmpty else { return }
    speeds.append(bytesPerSecond)
    if speeds.count > Self.most { speeds.removeFirst() }
    if speeds.allSatisfy({ $0 == 0 }) { speeds = [] }
  }
}
