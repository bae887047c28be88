import Foundation

/// When the task list is read again.
///
/// An engine on this machine is asked at every turn, because it also tells the phases of a transfer.
/// The cloud is asked every second only while something is under way and the feed is down; with the
/// feed up the list is a check every ten seconds.
struct PollSchedule: Sendable {
  /// Seconds between two checks.
  let check: Double
  /// Seconds between two looks for tasks that were started elsewhere.
  let idle: Double

  private var last: Date?
  private var hadFeed = false

  init(check: Double = 10, idle: Double = 30) {
    self.check = check
    self.idle = idle
  }

  /// True when it is time; it then counts as done.
  mutating func isDue(at now: Date, isEngine: Bool, isActive: Bool, hasFeed: Bool) -> Bool {
    // Whatever the feed said while it was down was missed.
    let hasChanged = hasFeed != hadFeed
    hadFeed = hasFeed
    let pause = isActive ? (hasFeed ? check : 0) : idle
    guard isEngine || hasChanged || last.map({ abs(now.timeIntervalSince($0)) >= pause }) ?? true
    else {
      return false
    }
    last = now
    return true
  }

  /// The next turn asks again, whatever the time.
  mutating func forget() { last = nil }
}
