import Downloads

/// Something that was done and can be taken back.
struct Undo: Sendable {
  /// What taking it back does, in the past tense: `2 downloads go on again.`
  var sentence: String
  /// Where it was done: the key takes back what was done in the tab that is open.
  var tab: Level
  var perform: @Sendable (inout State) -> [Command]
}

extension State {
  /// Steps that can be taken back; older ones are forgotten.
  private static let mostUndos = 100

  mutating func canUndo(
    _ sentence: String, by perform: @escaping @Sendable (inout State) -> [Command]
  ) {
    undos.append(Undo(sentence: sentence, tab: levels.base, perform: perform))
    if undos.count > Self.mostUndos { undos.removeFirst() }
  }

  /// Takes back what was done last.
  mutating func undo() -> [Command] {
    guard let place = undos.lastIndex(where: { $0.tab == levels.base }) else { return [] }
    let last = undos.remove(at: place)
    say(.notice(last.sentence))
    return last.perform(&self)
  }

  var whyNotUndo: String? {
    undos.contains { $0.tab == levels.base } ? nil : "There is nothing to take back."
  }

  /// Has downloads go on whose cancel is not confirmed yet, as soon as it is.
  mutating func retryWhenCancelled(_ ids: [Download.ID]) -> [Command] {
    let cancelled = ids.filter { downloadList.download($0)?.status == .cancelled }
    retriedWhenCancelled.formUnion(Set(ids).subtracting(cancelled))
    return cancelled.isEmpty ? [] : [.retry(cancelled)]
  }

  /// Those of them that have been cancelled now.
  mutating func takeCancelled() -> [Command] {
    guard !retriedWhenCancelled.isEmpty else { return [] }
    var cancelled: [Download.ID] = []
    for id in retriedWhenCancelled {
      guard let download = downloadList.download(id) else {
        retriedWhenCancelled.remove(id)
        continue
      }
      guard download.status.isTerminal else { continue }
      retriedWhenCancelled.remove(id)
      if download.status == .cancelled { cancelled.append(id) }
    }
    return cancelled.isEmpty ? [] : [.retry(cancelled)]
  }
}
