import ComfyAPI
import Downloads
import Foundation
import Origins

/// What the details of a download show beyond its task.
extension Engine {
  /// What a task has done and met so far.
  ///
  /// What its source says of the model may still be missing from the first answer: it is asked for
  /// because of it.
  ///
  /// - Throws: `notFound`.
  public func trace(_ id: String) throws(EngineError) -> TransferTrace {
    let task = try record(id)
    var trace: TransferTrace
    if let running = traces.trace(id) {
      trace = running
    } else {
      trace = try keptTrace(id) ?? TransferTrace(taskID: id)
    }
    let entry = live.entry(id)
    let position = task.taskStatus.isTerminal ? task.checkpoint : entry?.bytes ?? task.checkpoint
    trace.size = entry?.total ?? task.size
    trace.finished = try finished(of: task, entry?.board, count: position)
    trace.connections = entry?.board?.connections(at: environment.instant()) ?? []
    if trace.source.license == nil, factsAsked.insert(id).inserted { askForFacts(of: task) }
    return trace
  }

  private func finished(
    of task: TaskRecord, _ board: SegmentBoard?, count: Int64
  ) throws(EngineError) -> [TransferTrace.ByteSpan] {
    var ranges = board?.finished.ranges
    if ranges == nil, task.taskStatus != .completed {
      ranges = try EngineError.translating { try store.ranges(of: task.id) }?.written.ranges
    }
    let all = count > 0 ? [0..<count] : []
    return (ranges ?? all).map { TransferTrace.ByteSpan(start: $0.lowerBound, end: $0.upperBound) }
  }

  private func keptTrace(_ id: String) throws(EngineError) -> TransferTrace? {
    try EngineError.translating { try store.trace(id) }
  }

  private func askForFacts(of task: TaskRecord) {
    guard let reference = try? ModelReference(stored: task.url, hosts: hosts) else { return }
    let source = source
    let patience = configuration.resolutionTimeout
    Task {
      guard
        let facts = try? await Deadline.run(within: patience, { await source.facts(of: reference) })
      else { return }
      if traces.trace(task.id) != nil {
        traces.change(task.id) { $0.note(facts) }
      } else {
        try? await store.changeTrace(task.id) { $0.note(facts) }
      }
    }
  }
}
