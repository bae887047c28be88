import GRDB
import Synchronization

/// Pages of tasks that have been read, as long as no task changes.
///
/// Screens ask for the same few pages far more often than tasks change in the database, which their
/// moving bytes do not.
final class TaskPages: Sendable {
  struct Page: Sendable {
    let tasks: [TaskSummary]
    /// Matching tasks on all pages.
    let total: Int
  }

  private struct State {
    var pages: [TaskQuery: Page] = [:]
    /// How often tasks have changed.
    var version = 0
  }

  /// Beyond these, all are read anew: no client asks for so many different ones.
  private static let most = 32

  private let state = Mutex(State())

  var count: Int { state.withLock(\.pages.count) }

  /// The page, read when it is not known.
  func page(_ query: TaskQuery, read: () throws -> Page) rethrows -> Page {
    let (known, version) = state.withLock { ($0.pages[query], $0.version) }
    if let known { return known }
    let page = try read()
    state.withLock { state in
      // What was read before a change may be what was there before it.
      guard state.version == version else { return }
      if state.pages.count >= Self.most { state.pages = [:] }
      state.pages[query] = page
    }
    return page
  }

  fileprivate func forget() {
    state.withLock { state in
      state.pages = [:]
      state.version += 1
    }
  }
}

/// Makes pages forgotten by every transaction that touches a task, before its writer goes on.
// SQLite's writer, which is one at a time, is the only caller.
final class TaskChanges: TransactionObserver {
  private let pages: TaskPages
  private var hasChanged = false

  init(_ pages: TaskPages) { self.pages = pages }

  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool {
    eventKind.tableName == TaskRecord.databaseTableName
  }

  func databaseDidChange(with event: DatabaseEvent) {
    hasChanged = true
    stopObservingDatabaseChangesUntilNextTransaction()
  }

  func databaseDidCommit(_ database: Database) {
    if hasChanged { pages.forget() }
    hasChanged = false
  }

  func databaseDidRollback(_ database: Database) { hasChanged = false }
}
