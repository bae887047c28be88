import Downloads

/// What became of downloads between two snapshots.
struct Happenings: Equatable {
  /// Downloads that were under way and have ended, in the queue's order.
  private(set) var ended: [Download] = []
  /// Whether the last one that was under way has ended.
  private(set) var isQueueDone = false

  init(from old: [Download], to new: [Download]) {
    // Without an identifier changed, which is nearly always, rows are compared as they stand.
    if new.hasSameIdentifiers(as: old) {
      for index in new.indices
      where new[index].status.isTerminal && !old[index].status.isTerminal {
        ended.append(new[index])
      }
    } else {
      let statuses = Dictionary(uniqueKeysWithValues: old.map { ($0.id, $0.status) })
      for after in new {
        guard after.status.isTerminal, statuses[after.id]?.isTerminal == false else { continue }
        ended.append(after)
      }
    }
    isQueueDone = !ended.isEmpty && new.allSatisfy(\.status.isTerminal)
  }
}

extension Happenings {
  /// One sentence about each end, or one about many of a kind.
  var messages: [Message] {
    Self.sentences(ended.filter { $0.status == .completed }, "completed", Message.success)
      + Self.sentences(ended.filter { $0.status == .failed }, "failed", Message.problem)
      + Self.sentences(ended.filter { $0.status == .cancelled }, "cancelled", Message.notice)
  }

  private static let mostNamed = 3

  private static func sentences(
    _ downloads: [Download], _ word: String, _ message: (String) -> Message
  ) -> [Message] {
    guard downloads.count <= mostNamed else {
      return [message("\(counted(downloads.count, "download")) \(word).")]
    }
    return downloads.map { download in
      let reason = download.failure.map { ": \($0.message)" } ?? "."
      let isUnverified = download.status == .completed && download.verified == false
      let doubt = isUnverified ? " No hash was published, so it is unverified." : ""
      return message("\(download.name) \(word)\(reason)\(doubt)")
    }
  }
}
