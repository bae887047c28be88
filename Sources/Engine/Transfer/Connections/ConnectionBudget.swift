import Synchronization

/// How many connections all transfers have together. It is read and changed by anyone at any time.
final class ConnectionBudget: Sendable {
  private struct State {
    var total = 0
    var perHost: [String: Int] = [:]
  }

  private let state = Mutex(State())
  private let mostInAll: Int
  private let mostPerHost: Int

  init(mostInAll: Int, mostPerHost: Int) {
    self.mostInAll = mostInAll
    self.mostPerHost = mostPerHost
  }

  /// Takes a connection to a host; false when there is none left.
  ///
  /// - Parameter isFirst: the only one of its file, which always gets it: else a file could wait for
  ///   others without end.
  func take(_ host: String, isFirst: Bool) -> Bool {
    state.withLock { state in
      let used = state.perHost[host, default: 0]
      guard isFirst || (state.total < mostInAll && used < mostPerHost) else { return false }
      state.total += 1
      state.perHost[host] = used + 1
      return true
    }
  }

  /// Gives one back.
  func give(_ host: String) {
    state.withLock { state in
      state.total -= 1
      let left = state.perHost[host, default: 1] - 1
      state.perHost[host] = left > 0 ? left : nil
    }
  }
}
