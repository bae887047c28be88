import ComfyAPI
import Synchronization

/// What keeps a task from beginning or going on, besides its turn. It passes without anybody's help to
/// the transfer.
enum QueueObstacle: Sendable, Equatable {
  /// Another transfer fetches the same content.
  case sameContent
  /// There is less room than is needed.
  case room
  /// The system refused to give room, because a disk or a quota is full: how much is missing, and on
  /// which disk, is not known.
  case refusal
  /// The models folder is not where it was.
  case folder

  var isOfDisk: Bool { self != .sameContent }
}

/// The tasks that wait for more than their turn. It is read and changed by anyone at any time.
final class QueueWaits: Sendable {
  struct Wait: Sendable {
    /// Why, for people.
    var message: String?
    var obstacle: QueueObstacle
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

  /// Whether a task waits for the disk.
  var includeDisk: Bool { waits.withLock { $0.contains { $1.obstacle.isOfDisk } } }

  func set(_ wait: Wait, _ id: String) { waits.withLock { $0[id] = wait } }

  /// Says for what a task that has not begun or has stopped waits.
  func say(_ message: String, _ id: String, obstacle: QueueObstacle) {
    waits.withLock { waits in
      waits[id, default: Wait(obstacle: obstacle)].message = message
      waits[id]?.obstacle = obstacle
    }
  }

  /// A task waits for nothing but its turn.
  func sayNothing(_ id: String) {
    waits.withLock { waits in
      waits[id]?.message = nil
      if waits[id]?.hasBegun == false { waits[id] = nil }
    }
  }

  /// Why one of the tasks waits for the disk, for people, the same one's each time; nil while none does.
  var diskMessage: String? {
    waits.withLock { waits in
      waits.filter { $1.message != nil && $1.obstacle.isOfDisk }.min { $0.key < $1.key }?.value
        .message
    }
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

extension QueueWaits.Wait {
  /// Nil for a task that waits for nothing but its turn.
  var phase: TaskPhase? { message == nil ? nil : .waiting }
}
