import Downloads
import Interface
import Model

/// What the backend has stored: the changes themselves come with the library's snapshots.
extension CommandPerformer {
  func edit(_ ids: [String], _ edit: AssetEdit) {
    forEach(ids, failed: "changed") { (library, id) throws(DownloadFailure) in
      try await library.edit(id, edit)
    } finally: { library in
      await library.readTags()
    }
  }

  func delete(_ ids: [String], deletingFiles: Bool) {
    forEach(ids, failed: "deleted") { (library, id) throws(DownloadFailure) in
      try await library.delete(id, deletesFile: deletingFiles)
    } finally: { library in
      await library.readTags()
    }
  }

  func check(_ ids: [String]) {
    forEach(ids, failed: "read") { (library, id) throws(DownloadFailure) in
      try await library.check(id)
    }
  }

  /// Does something to each stored file, one after another. What goes wrong is told once, for what
  /// one of them meets the others will likely meet as well.
  private func forEach(
    _ ids: [String], failed word: String,
    _ body: @escaping @Sendable (Library, String) async throws(DownloadFailure) -> Void,
    finally end: @escaping @Sendable (Library) async -> Void = { _ in }
  ) {
    Task { [library, events] in
      var failures: [DownloadFailure] = []
      for id in ids {
        do throws(DownloadFailure) {
          try await body(library, id)
        } catch {
          failures.append(error)
        }
      }
      await end(library)
      guard let first = failures.first else { return }
      let count = ids.count == 1 ? "It was not" : "\(failures.count) of \(ids.count) were not"
      events.send(.outcome(.problem("\(count) \(word). \(first.sentence)")))
    }
  }
}
