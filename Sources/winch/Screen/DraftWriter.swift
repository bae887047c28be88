import Interface

/// Keeps what stands in the input pane, so that neither leaving nor a crash loses anything typed.
///
/// Each change is written at once; of those that come while one is being written, the newest follows,
/// so that typing below a long list of links never waits for the disk.
@MainActor
final class DraftWriter {
  private let note: KeptNote<Draft>
  private var newest: Draft?
  private var writing: Task<Void, Never>?

  init(_ note: KeptNote<Draft>) { self.note = note }

  /// - Parameter failed: called when the disk does not take it.
  func keep(_ draft: Draft, failed: @escaping @MainActor () -> Void) {
    newest = draft
    guard writing == nil else { return }
    writing = Task {
      while let draft = newest {
        newest = nil
        do {
          try await Self.write(draft, to: note)
        } catch {
          failed()
        }
      }
      writing = nil
    }
  }

  /// Returns when what was kept last is on the disk.
  func finish() async { await writing?.value }

  private nonisolated static func write(_ draft: Draft, to note: KeptNote<Draft>) async throws {
    try note.keep(draft)
  }
}
