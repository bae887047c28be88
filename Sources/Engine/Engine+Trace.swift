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
    trace.finished = position > 0 ? [TransferTrace.ByteSpan(start: 0, end: position)] : []
    for index in trace.connections.indices {
      trace.connections[index].position = position
      trace.connections[index].bytesPerSecond = live.bytesPerSecond(
        id, at: environment.instant())
    }
    if trace.source.license == nil, factsAsked.insert(id).inserted { askForFacts(of: task) }
    return trace
  }

  private func keptTrace(_ id: String) throws(EngineError) -> TransferTrace? {
    try EngineError.translating { try store.trace(id) }
  }

  private func askForFacts(of task: TaskRecord) {
    guard let reference = try? ModelReference(task.url, hosts: hosts) else { return }
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
