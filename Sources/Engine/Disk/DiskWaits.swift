import ComfyAPI
import Synchronization

/// What keeps a transfer from the disk. It passes without anybody's help to the transfer.
enum DiskObstacle: Sendable, Equatable {
  /// There is less room than is needed.
  case room
  /// The system refused to give room, because a disk or a quota is full: how much is missing, and on
  /// which disk, is not known.
  case refusal
  /// The models folder is not where it was.
  case folder
}

/// The tasks that wait for the disk. It is read and changed by anyone at any time.
final class DiskWaits: Sendable {
  struct Wait: Sendable {
    /// Why, for people.
    var message: String?
    var obstacle: DiskObstacle = .room
    /// What the transfer had open, so that nothing is read or fetched again; nil for one that has not
    /// begun.
    var content: PartialContent?
    /// Whether the transfer has begun: going on is no new attempt.
    var hasBegun = false
    /// It is not tried again before this.
    var until: ContinuousClock.Instant?
    /// Bytes that were free when it began to wait.
    var freeThen: Int64?
  }

  private let waits = Mutex<[String: Wait]>([:])

  subscript(_ id: String) -> Wait? { waits.withLock { $0[id] } }

  var isEmpty: Bool { waits.withLock(\.isEmpty) }

  func set(_ wait: Wait, _ id: String) { waits.withLock { $0[id] = wait } }

  /// Says for what a task that has not its turn waits; nil for nothing but its turn.
  func say(_ message: String?, _ id: String) {
    waits.withLock { waits in
      let hasBegun = waits[id]?.hasBegun ?? false
      guard message != nil || hasBegun else {
        waits[id] = nil
        return
      }
      waits[id, default: Wait()].message = message
    }
  }

  /// Why one of the tasks waits, for people, the same one's each time; nil while none does.
  var message: String? {
    waits.withLock { $0.filter { $1.message != nil }.min { $0.key < $1.key }?.value.message }
  }

  /// Ends a wait, and hands over what was kept for its end.
  @discardableResult
  func end(_ id: String) -> Wait? { waits.withLock { $0.removeValue(forKey: id) } }

  /// Closes what is kept open of files that have lost their names: so their room is free.
  func closeLost() {
    let kept = waits.withLock { $0.compactMapValues(\.content) }
    for (id, content) in kept where !content.file.isInPlace {
      waits.withLock { $0[id]?.content = nil }
    }
  }
}

extension DiskWaits.Wait {
  /// Nil for a task that waits for nothing but its turn.
  var phase: TaskPhase? { message == nil ? nil : .waiting }
}
