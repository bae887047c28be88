import Foundation

/// Everything that was said, oldest first; the newest of it is shown for as long as it takes to read.
struct MessageLog: Sendable {
  struct Entry: Sendable, Equatable {
    var time: Date
    var message: Message
    /// How often it was said in a row.
    var count = 1
  }

  /// Entries kept; older ones go.
  static let most = 1000

  private(set) var entries: [Entry] = []
  /// What is in sight.
  private var shown: Entry?

  /// Says something: it is shown, and kept.
  mutating func say(_ message: Message, at time: Date) {
    note(message, at: time)
    shown = entries.last
  }

  /// Keeps something without showing it.
  mutating func note(_ message: Message, at time: Date) {
    if let last = entries.last, last.message == message {
      entries[entries.count - 1] = Entry(time: time, message: message, count: last.count + 1)
      return
    }
    entries.append(Entry(time: time, message: message))
    if entries.count > Self.most { entries.removeFirst(entries.count - Self.most) }
  }

  mutating func dismiss() { shown = nil }

  /// What is in sight now; nil when it has been long enough.
  func message(at now: Date) -> Message? {
    guard let shown, abs(now.timeIntervalSince(shown.time)) < shown.message.secondsInSight else {
      return nil
    }
    return shown.message
  }
}
