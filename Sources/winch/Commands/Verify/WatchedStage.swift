import Synchronization

/// What goes on without the command when it is interrupted.
final class WatchedStage: Sendable {
  private let isRepairing = Mutex(false)

  func enterRepair() { isRepairing.withLock { $0 = true } }

  var farewell: [String] {
    isRepairing.withLock(\.self)
      ? [
        "Stopped watching. The files go on being fetched.",
        "winch shows them, winch ls lists them.",
      ]
      : [
        "Stopped watching. The engine finishes the files that it reads; the others stay unread.",
        "winch verify reads all of them again, in any order.",
      ]
  }
}
