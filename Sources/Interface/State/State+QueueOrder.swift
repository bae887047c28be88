import ComfyAPI
import Downloads

/// Places in the backend's queue, and the way back to those of before.
extension State {
  /// Moves the targets in the queue, so that they keep their order among themselves.
  mutating func move(to place: TaskMove.Place) -> [Command] {
    let waiting = targets.filter(\.canBeMoved)
    let ids = waiting.map(\.id)
    if let order = queueOrder {
      guard place.applied(to: Set(ids), in: order) != order else {
        say(.notice("\(named(waiting)): \(place.end) already."))
        return []
      }
      canUndo("Moved back: \(named(waiting)).") { $0.restoreQueueOrder(order) }
    } else if let back = place.opposite {
      canUndo("Moved back: \(named(waiting)).") { _ in [.move(ids, to: back)] }
    }
    say(.notice("Moving \(named(waiting)): \(place.words)."))
    return [.move(ids, to: place)]
  }

  /// Lets the others go first: the targets go to the end of the queue, with what has arrived of them.
  mutating func skip() -> [Command] {
    let skipped = targets.filter(\.canBeSkipped)
    let begun = skipped.filter { !$0.canBeMoved }.map(\.id)
    let order = queueOrder
    canUndo("First in the queue again: \(named(skipped)).") { state in
      let back = order.map { state.restoreQueueOrder(begun + $0) } ?? []
      return back.isEmpty && !begun.isEmpty ? [.move(begun, to: .top)] : back
    }
    say(
      .notice(
        "The others go first: \(named(skipped)) to the queue's end; what has arrived is kept."))
    return [.skip(skipped.map(\.id))]
  }

  /// Those that wait at the backend, in the order in which they are to begin; nil where that is not
  /// known of each.
  private var queueOrder: [Download.ID]? {
    let waiting = downloadList.downloads.filter(\.canBeMoved)
    guard waiting.allSatisfy({ $0.queueOrder != nil }) else { return nil }
    // Equal ones begin in the order of their arrival, in which the list is.
    return waiting.enumerated().sorted { left, right in
      (left.element.queueOrder ?? 0, left.offset) < (right.element.queueOrder ?? 0, right.offset)
    }.map(\.element.id)
  }

  /// Brings those that still wait into an order of before; others stay behind them.
  private mutating func restoreQueueOrder(_ order: [Download.ID]) -> [Command] {
    guard let now = queueOrder else { return [] }
    let (waiting, known) = (Set(now), Set(order))
    let wanted = order.filter(waiting.contains) + now.filter { !known.contains($0) }
    guard wanted != now else { return [] }
    let places = Dictionary(uniqueKeysWithValues: zip(now, now.indices))
    let order = wanted.map { places[$0, default: 0] }
    // What is in order at the end, or at the beginning, need not be touched.
    let tail = zip(order.reversed(), order.reversed().dropFirst()).prefix { $0 > $1 }.count + 1
    let head = zip(order, order.dropFirst()).prefix { $0 < $1 }.count + 1
    return tail >= head
      ? [.move(Array(wanted.dropLast(tail)), to: .top)]
      : [.move(Array(wanted.dropFirst(head)), to: .end)]
  }
}

// MARK: - Why not now

extension State {
  var whyNotMove: String? {
    whyUnable(.move, "order its queue")
      ?? whyNot { download in
        if download.canBeMoved { return nil }
        return download.phase == .waiting
          ? "It is under way, and waits to go on: pause it first."
          : "It is \(StatusLabel(download).word): only what waits is moved."
      }
  }

  var whyNotSkip: String? {
    whyUnable(.move, "order its queue") ?? whyUnable(.pause, "pause")
      ?? whyNot {
        $0.canBeSkipped ? nil : "It is \(StatusLabel($0).word): it holds up no other download."
      } ?? whyNotAlone
  }

  private var whyNotAlone: String? {
    let ids = Set(targets.map(\.id))
    let isAlone = !downloadList.downloads.contains {
      $0.canBeMoved && $0.phase != .paused && !ids.contains($0.id)
    }
    return isAlone ? "Nothing else waits: it would begin again at once." : nil
  }
}

extension Download {
  /// Whether it is under way, or will be as soon as others are not.
  fileprivate var canBeSkipped: Bool {
    taskID != nil && status.isCancellable && phase != .paused
  }
}

extension TaskMove.Place {
  fileprivate var words: String {
    switch self {
    case .top: "to the top"
    case .up: "up"
    case .down: "down"
    case .end: "to the end"
    }
  }

  /// Where nothing can be moved any further.
  fileprivate var end: String {
    switch self {
    case .top, .up: "at the top"
    case .down, .end: "at the end"
    }
  }

  /// What takes a move by one back where the order is not known; nil for the others.
  fileprivate var opposite: TaskMove.Place? {
    switch self {
    case .up: .down
    case .down: .up
    case .top, .end: nil
    }
  }

  /// The order after a move, one download after another as the backend is asked.
  fileprivate func applied(
    to moved: Set<Download.ID>, in order: [Download.ID]
  ) -> [Download.ID] {
    let own = order.filter(moved.contains)
    let others = order.filter { !moved.contains($0) }
    var order = order
    switch self {
    case .top: return own + others
    case .end: return others + own
    case .up:
      for place in order.indices.dropFirst() where moved.contains(order[place]) {
        order.swapAt(place, place - 1)
      }
    case .down:
      for place in order.indices.dropLast().reversed() where moved.contains(order[place]) {
        order.swapAt(place, place + 1)
      }
    }
    return order
  }
}
