/// An SQLite database that Winch keeps for itself.
public enum OwnDatabase: Sendable, CaseIterable {
  /// The clients' memory of what was queued.
  case journal
  /// The engine's memory of its queue and of stored models.
  case engine

  /// What every SQLite database begins with (sqlite.org/fileformat.html).
  public static let header: [UInt8] = Array("SQLite format 3\0".utf8)

  /// Such as `The journal`, the beginning of a sentence.
  var title: String {
    switch self {
    case .journal: "The journal"
    case .engine: "The engine's database"
    }
  }

  /// What to do with one that cannot be used, and what is lost by that.
  func remedy(at path: String) -> String {
    let moved = "Move it away, with \(path)-wal and \(path)-shm if they are there"
    return switch self {
    case .journal:
      moved + ": a new one is made. Links that were not sent yet and the list of what has ended are"
        + " lost; models stay, and what the backend has under way is listed again."
    case .engine:
      moved + ": the next engine makes a new one. Its queue, and tags and metadata of models are"
        + " lost; models stay, winch retry queues links again, and winch assets scan finds files."
    }
  }

  /// Why it cannot be used.
  ///
  /// - Parameter isDamaged: whether it was a database once; else it is none.
  public func unusable(at path: String, isDamaged: Bool) -> DownloadFailure {
    DownloadFailure(
      code: code,
      message: "\(title) \(path) is \(isDamaged ? "damaged" : "not an SQLite database").",
      hint: remedy(at: path))
  }

  /// Why it cannot be opened, where that says nothing about what is in it.
  ///
  /// - Parameter reason: in the system's words, if it has any.
  public func unopenable(at path: String, reason: String?) -> DownloadFailure {
    DownloadFailure(
      code: code,
      message: "\(title) at \(path) cannot be opened\(reason.map { ": \($0)" } ?? "").",
      hint: "Check that the folder is writable and the disk is not full.")
  }

  private var code: String {
    switch self {
    case .journal: "JOURNAL_UNAVAILABLE"
    case .engine: "DATABASE_UNAVAILABLE"
    }
  }
}
