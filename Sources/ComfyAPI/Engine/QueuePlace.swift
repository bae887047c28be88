import Foundation

/// Where the link of a `POST /api/assets/download` stands among those of its sender: a header that only
/// Winch's own engine reads.
///
/// Requests go out several at a time, so they arrive and are answered in any order; the queue should
/// have the order of the user's list all the same.
public struct QueuePlace: Sendable, Hashable {
  public static let header = "Winch-Queue-Place"
  /// How many unanswered requests a header may name.
  public static let mostUnanswered = 64

  /// Whose list it is.
  public var queue: UUID
  /// Grows in the order of the list; some numbers may be missing.
  public var number: Int64
  /// Numbers of the requests before this one that had no answer yet when this one was sent.
  public var unanswered: [Int64]

  public init(queue: UUID, number: Int64, unanswered: [Int64] = []) {
    self.queue = queue
    self.number = number
    self.unanswered = unanswered
  }
}

extension QueuePlace {
  /// As a header says it: `<queue>/<number>`, then `; after=<number>,<number>` where there are some.
  public var headerText: String {
    let place = "\(queue.uuidString.lowercased())/\(number)"
    guard !unanswered.isEmpty else { return place }
    return place + "; after=" + unanswered.map(String.init).joined(separator: ",")
  }

  /// Nil for what is no place.
  public init?(headerText: String) {
    let parts = headerText.split(separator: "; after=", omittingEmptySubsequences: false)
    let place = parts[0].split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, place.count == 2, let queue = UUID(uuidString: String(place[0])),
      let number = Int64(place[1])
    else { return nil }
    let names =
      parts.count == 2 ? parts[1].split(separator: ",", omittingEmptySubsequences: false) : []
    let unanswered = names.compactMap { Int64($0) }
    guard unanswered.count == names.count, names.count <= Self.mostUnanswered else { return nil }
    self.init(queue: queue, number: number, unanswered: unanswered)
  }
}
