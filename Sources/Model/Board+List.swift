import Downloads
import Foundation

/// What stands on the list, whatever the backend has.
extension Board {
  /// Takes downloads that have ended off the list; others stay. Their files and tasks are left alone.
  public func forget(_ ids: [UUID]) throws(DownloadFailure) {
    let ended = ids.filter { download($0)?.status.isTerminal == true }
    do {
      try journal.remove(ended)
    } catch {
      throw Self.journalFailure
    }
    remove(ended)
    changes.send()
  }

  /// Puts downloads back that were taken off the list, each at its place; one that is there stays as
  /// it is.
  public func restore(_ forgotten: [Download]) throws(DownloadFailure) {
    let missing = forgotten.filter { download($0.id) == nil }
    do {
      try journal.insert(missing)
    } catch {
      throw Self.journalFailure
    }
    insert(missing)
    changes.send()
  }
}
