import Foundation
import Synchronization

/// A clock that only moves when the test says so.
final class WallClock: Sendable {
  private let time: Mutex<Date>

  init(_ time: Date = Date(timeIntervalSince1970: 5000)) { self.time = Mutex(time) }

  var now: Date { time.withLock { $0 } }

  func advance(by seconds: Double) { time.withLock { $0 += seconds } }
}
