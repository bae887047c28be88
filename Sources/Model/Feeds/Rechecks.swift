import Foundation

/// Counts how often something was asked again, with a pause between.
struct Rechecks {
  /// Seconds between two.
  static let pause: Double = 10
  /// After so many without an answer that settles it, nothing more is expected.
  static let most = 6

  private var counts: [String: (count: Int, last: Date)] = [:]

  /// How often the task was asked for, this time included; nil when it is too early.
  mutating func next(_ taskID: String, at now: Date) -> Int? {
    guard let known = counts[taskID] else {
      counts[taskID] = (0, now)
      return nil
    }
    guard abs(now.timeIntervalSince(known.last)) >= Self.pause else { return nil }
    counts[taskID] = (known.count + 1, now)
    return known.count + 1
  }

  /// Forgets the tasks that are no longer of interest.
  mutating func keep(_ taskIDs: Set<String>) {
    counts = counts.filter { taskIDs.contains($0.key) }
  }
}
