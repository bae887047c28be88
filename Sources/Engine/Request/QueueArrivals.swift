import ComfyAPI
import Foundation

/// Requests with a place in their sender's queue that are not tasks yet.
///
/// Their sources are still asked, or they are on their way: what stands behind them leaves them the
/// slots that they may need.
struct QueueArrivals {
  struct Place: Hashable {
    let queue: UUID
    let number: Int64
  }

  /// How long one that others told of is waited for: they were sent before, so it is here at once, or
  /// its connection has broken.
  static let patience = Duration.seconds(2)
  /// How many answered ones are remembered; a sender has fewer under way at one time.
  private static let mostAnswered = 256

  private var arrived: Set<Place> = []
  /// Those that others told of.
  private var expected: Set<Place> = []
  /// The newest answered ones: who tells of them has not got the answer yet.
  private var answered: [Place] = []

  /// Whether every request that was heard of has been answered.
  var isEmpty: Bool { arrived.isEmpty && expected.isEmpty }

  /// Notes that a request has arrived.
  ///
  /// - Returns: those before it that nothing has been seen of. They count until `giveUp`.
  mutating func begin(_ place: QueuePlace) -> Set<Place> {
    arrived.insert(Place(place))
    expected.remove(Place(place))
    let told = place.unanswered.filter { $0 < place.number }
      .map { Place(queue: place.queue, number: $0) }
    let unseen = Set(told).subtracting(arrived).subtracting(expected).subtracting(answered)
    expected.formUnion(unseen)
    return unseen
  }

  /// Waits no longer for those that have not arrived.
  mutating func giveUp(_ places: Set<Place>) { expected.subtract(places) }

  /// Notes that a request has its answer: it is a task by now, or never becomes one.
  mutating func end(_ place: QueuePlace) {
    arrived.remove(Place(place))
    answered.append(Place(place))
    if answered.count > Self.mostAnswered { answered.removeFirst() }
  }

  /// How many stand before a task.
  func count(before task: TaskRecord) -> Int {
    guard let place = Place(task) else { return 0 }
    return arrived.union(expected)
      .count { $0.queue == place.queue && $0.number < place.number }
  }
}

extension QueueArrivals.Place {
  fileprivate init(_ place: QueuePlace) { self.init(queue: place.queue, number: place.number) }

  /// Nil for a task whose request had no place.
  fileprivate init?(_ task: TaskRecord) {
    guard let queue = task.queueOwner.flatMap(UUID.init(uuidString:)), let number = task.queuePlace
    else {
      return nil
    }
    self.init(queue: queue, number: number)
  }
}
