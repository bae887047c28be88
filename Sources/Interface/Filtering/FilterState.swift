import Downloads

/// A state as a filter names it: a word of the table, or one for several.
struct FilterState: Sendable, Equatable {
  /// The words that begin with what was typed.
  let words: [String]

  /// Understands a word from its beginning on, so that a filter acts while it is typed; nil when no
  /// state begins so.
  init?(typed text: String) {
    let typed = text.lowercased()
    words = Self.all.contains(typed) ? [typed] : Self.all.filter { $0.hasPrefix(typed) }
    if words.isEmpty { return nil }
  }

  /// - Parameter word: what the table shows.
  func holds(_ download: Download, word: String) -> Bool {
    words.contains { $0 == word || Self.group($0, holds: download, word: word) }
  }

  private static func group(_ name: String, holds download: Download, word: String) -> Bool {
    let status = download.status
    switch name {
    case "active":
      return !status.isTerminal && status != .queued && status != .created
    case "accepted": return status == .created && ["queued", "waiting"].contains(word)
    case "silent": return word.hasPrefix("silent")
    case "done", "completed": return status == .completed
    case "failed": return status == .failed
    case "verified": return status == .completed && download.verified == true
    case "ended": return status.isTerminal
    default: return false
    }
  }

  static let all = [
    "queued", "accepted", "resolving", "running", "verifying", "placing", "paused", "waiting",
    "completed", "unverified", "failed", "cancelled", "cancelling", "silent",
    "stored", "checking", "damaged", "missing", "unreadable",
    "active", "done", "verified", "ended",
  ]
}
